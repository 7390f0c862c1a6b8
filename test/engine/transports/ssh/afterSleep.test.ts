import assert from 'node:assert/strict';
import { startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { TcpProxy } from '../../../faults/means/tcpProxy.js';
import { Bench, NEVER, run, script, sshHost } from '../hosts.js';

describe('connections after this machine has slept', () => {
  const bench = new Bench();
  let server: Sshd;
  let proxy: TcpProxy;
  before(async () => {
    server = await startSshd();
    proxy = await TcpProxy.open(server);
  });
  after(async () => {
    await bench.close();
    await proxy.close();
    await server.stop();
  });

  it('are used again when they answer, and replaced when they do not', async () => {
    const host = sshHost('web_1', { address: '127.0.0.1', port: proxy.port });
    const known = server.knownHost.replace(String(server.port), String(proxy.port));
    const connections = bench.connections([], known, { identities: [server.identity] });
    const first = await connections.to(host, NEVER);
    connections.verify();
    assert.equal(await connections.to(host, NEVER), first);

    proxy.cutAfter(proxy.segments, 'black_hole');
    connections.verify();
    const asked = performance.now();
    const second = await connections.to(host, NEVER);
    assert.notEqual(second, first);
    assert.ok(performance.now() - asked < 9_000, 'nobody waits for the keepalive');
    assert.equal((await run(second, script('echo here'))).stdout, 'here\n');
    assert.equal(connections.living('web_1'), second);
  }).timeout(60_000);
});
