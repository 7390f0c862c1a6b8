import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { runProbe } from '../../../src/engine/probes/probes.js';
import { parsePorts } from '../../../src/engine/probes/look/listeningPorts.js';
import { contextWith } from './support/context.js';
import { recordedConnection } from './support/shellConnection.js';

describe('port probe', () => {
  it('tells a port that is listened on from one that is not', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const context = contextWith({ inputs: { port } });
      assert.equal((await runProbe({ port: { number: port } }, context)).verdict, 'holds');
      assert.equal((await runProbe({ port: { number: port, state: 'closed' } }, context)).verdict, 'does_not_hold');
      assert.equal((await runProbe({ port: { number: '${{ inputs.port }}' } }, context)).verdict, 'holds');
      const tail = Number(String(port).slice(1));
      if (tail > 0)
        assert.equal((await runProbe({ port: { number: tail, state: 'closed' } }, context)).verdict, 'holds', 'numbers are compared whole');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    assert.equal((await runProbe({ port: { number: port, state: 'closed' } }, contextWith())).verdict, 'holds');
  });

  it('could not tell about a number that is no port, or on a host that cannot list its ports', async () => {
    assert.equal(
      (await runProbe({ port: { number: '${{ inputs.n }}' } }, contextWith({ inputs: { n: 70_000 } }))).verdict,
      'could_not_tell',
    );
    const mute = contextWith(
      {},
      { connection: () => Promise.resolve(recordedConnection({ kind: 'exited', code: 127 }, '', 'sh: cat: not found')) },
    );
    const verdict = await runProbe({ port: { number: 80, state: 'closed' } }, mute);
    assert.equal(verdict.verdict, 'could_not_tell');
    assert.match(verdict.text, /cat: not found/);
    const silent = contextWith({}, { connection: () => Promise.resolve(recordedConnection({ kind: 'exited', code: 3 }, '')) });
    assert.match((await runProbe({ port: { number: 80 } }, silent)).text, /cannot be listed: exit code 3$/);
  });
});

describe('lists of ports from other systems', () => {
  const ports = (output: string): readonly number[] => [...(parsePorts(output) ?? [])].sort((a, b) => a - b);

  it('reads ss, with and without its state column', () => {
    assert.deepEqual(
      ports('ss\nLISTEN 0      128          0.0.0.0:22         0.0.0.0:*\nLISTEN 0      100             [::]:8443          [::]:*\n'),
      [22, 8443],
    );
    assert.deepEqual(ports('ss\n0      128        127.0.0.1%lo:53        0.0.0.0:*\n'), [53]);
    assert.deepEqual(ports('ss\n\n'), []);
  });

  it('reads netstat of net-tools, busybox and BSD, and counts only what listens', () => {
    const linux =
      'Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State\n' +
      'tcp        0      0 0.0.0.0:18443           0.0.0.0:*               LISTEN\ntcp        0      0 :::8080                 :::*                    LISTEN\n';
    assert.deepEqual(ports(`netstat\n${linux}`), [8080, 18443]);
    const bsd =
      'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\ntcp4       0      0  *.8443                 *.*                    LISTEN\ntcp4       0      0  192.0.2.7.49152        192.0.2.9.8444         ESTABLISHED\ntcp6       0      0  ::1.631                *.*                    LISTEN\n';
    assert.deepEqual(ports(`netstat\n${bsd}`), [631, 8443]);
  });

  it('reads /proc/net/tcp and the Windows list', () => {
    const proc =
      '  sl  local_address rem_address   st tx_queue\n   0: 0100007F:20FB 00000000:0000 0A 00000000:00000000\n   1: 0100007F:0016 0100007F:9C40 01 00000000:00000000\n   0: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 0\n';
    assert.deepEqual(ports(`proc\n${proc}`), [631, 8443]);
    assert.deepEqual(ports('list\r\n135\r\n8443\r\n'), [135, 8443]);
  });

  it('says nothing about output of no known program', () => {
    assert.equal(parsePorts(''), undefined);
    assert.equal(parsePorts('who knows\n80\n'), undefined);
  });
});
