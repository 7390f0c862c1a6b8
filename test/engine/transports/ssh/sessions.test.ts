import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitIdent } from '../../../../src/engine/transports/ssh/serverIdent.js';
import { openSocket } from '../../../../src/engine/transports/ssh/socket.js';
import { Unanswered } from '../../../../src/engine/transports/ssh/unanswered.js';
import { TransportError } from '../../../../src/engine/transports/transport.js';
import { TcpProxy } from '../../../faults/means/tcpProxy.js';
import { haveSshd, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { Bench, NEVER, newAttempt, run, script, sshHost } from '../hosts.js';

const NOTHING = (): void => undefined;

describe('sessions over SSH', function () {
  this.timeout(60_000);
  const bench = new Bench();
  let server: Sshd;

  before(async function () {
    if (!haveSshd) this.skip();
    server = await startSshd({ config: ['MaxSessions 2'] });
  });
  after(async () => {
    await bench.close();
    await server.stop();
  });

  const through = (port: number): { knownHost: string; at: { address: string; port: number } } => ({
    knownHost: server.knownHost.replace(String(server.port), String(port)),
    at: { address: '127.0.0.1', port },
  });

  it('wait for each other where the server has no room for all of them', async () => {
    const connection = await bench.connections([], server.knownHost, { identities: [server.identity] }).to(sshHost('web_1', server), NEVER);
    const ends = await Promise.all(Array.from({ length: 12 }, (_, index) => run(connection, script(`sleep 0.1; exit ${String(index)}`))));
    assert.deepEqual(
      ends.map(({ end }) => end),
      ends.map((_, code) => ({ kind: 'exited', code })),
    );
  });

  it('that only wait for another act make room for whatever needs it', async () => {
    const connection = await bench.connections([], server.knownHost, { identities: [server.identity] }).to(sshHost('web_1', server), NEVER);
    const act = (text: string): ReturnType<typeof run> => run(connection, script(text, { attempt: newAttempt() }));
    await Promise.all([act('sleep 0.2'), act('sleep 0.2')]);
    const begun = performance.now();
    const [probe, copy] = await Promise.all([
      run(connection, script('echo answered')),
      connection.download(server.identity, join(bench.directory, 'copy'), NOTHING),
    ]);
    assert.equal(probe.stdout, 'answered\n');
    assert.ok(copy.bytes > 0);
    const running = await connection.start(script('sleep 100', { attempt: newAttempt() }), { stdout: NOTHING, stderr: NOTHING });
    assert.deepEqual(await running.cancel(5000), []);
    const took = performance.now() - begun;
    assert.ok(took < 15_000, `it took ${String(took)} ms`);
    assert.deepEqual((await act('exit 3')).end, { kind: 'exited', code: 3 });
  });

  it('notice a line that swallows everything within three intervals of silence', async () => {
    const proxy = await TcpProxy.open(server);
    try {
      const { knownHost, at } = through(proxy.port);
      const connections = bench.connections([], knownHost, { identities: [server.identity], keepaliveMs: 500 });
      const connection = await connections.to(sshHost('web_1', at), NEVER);
      const running = run(connection, script('sleep 30'));
      await sleep(1000);
      proxy.cutAfter(proxy.segments, 'black_hole');
      const { end } = await running;
      assert.deepEqual(end, { kind: 'lost', message: 'the connection broke: web_1 has been silent for 1.5 s' });
      const noticed = performance.now() - (proxy.cutAt ?? assert.fail());
      assert.ok(noticed < 1500 + 1000, `noticed after ${String(noticed)} ms`);
    } finally {
      await proxy.close();
    }
  });

  it('stay open while nothing is said for longer than that', async () => {
    const connections = bench.connections([], server.knownHost, { identities: [server.identity], keepaliveMs: 100 });
    const connection = await connections.to(sshHost('web_1', server), NEVER);
    assert.deepEqual((await run(connection, script('sleep 1'))).end, { kind: 'exited', code: 0 });
    assert.equal(connection.alive, true);
  });

  it('wait out a session that takes long, where the server has no room for another', async () => {
    const connection = await bench.connections([], server.knownHost, { identities: [server.identity] }).to(sshHost('web_1', server), NEVER);
    const ends = await Promise.all([1, 2, 3].map((code) => run(connection, script(`sleep 1; exit ${String(code)}`))));
    assert.deepEqual(
      ends.map(({ end }) => end),
      [1, 2, 3].map((code) => ({ kind: 'exited', code })),
    );
  });

  it('go on when new keys are agreed on, while the host shows the key it was let in with', async () => {
    const restless = await startSshd({ config: ['RekeyLimit 256K'] });
    try {
      const connection = await bench
        .connections([], restless.knownHost, { identities: [restless.identity] })
        .to(sshHost('web_1', restless), NEVER);
      const { end, stdout } = await run(connection, script('head -c 2000000 /dev/zero | tr "\\0" x'));
      assert.deepEqual(end, { kind: 'exited', code: 0 });
      assert.equal(stdout.length, 2_000_000);
      assert.equal(connection.alive, true);
    } finally {
      await restless.stop();
    }
  });

  it('begin with a server that waits for the name of the client first', async () => {
    const shy = createServer((socket) => {
      socket.on('error', NOTHING);
      socket.once('data', (bytes: Buffer) => {
        socket.unshift(bytes);
        pass(socket, server);
      });
    });
    await new Promise<void>((resolve) => shy.listen(0, '127.0.0.1', resolve));
    try {
      const { knownHost, at } = through((shy.address() as AddressInfo).port);
      const connection = await bench.connections([], knownHost, { identities: [server.identity] }).to(sshHost('web_1', at), NEVER);
      assert.equal((await run(connection, script('echo in'))).stdout, 'in\n');
    } finally {
      shy.close();
    }
  });

  it('are not begun where an address leads nowhere or whoever answers hangs up without a word', async () => {
    const nowhere = openSocket('web_1', '255.255.255.255', 22);
    await assert.rejects(nowhere, (error) => error instanceof TransportError && !(error instanceof Unanswered));
    const mute = createServer((socket) => {
      socket.on('error', NOTHING);
      socket.end();
    });
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    try {
      const { at } = through((mute.address() as AddressInfo).port);
      const stream = await openSocket('web_1', at.address, at.port);
      await assert.rejects(awaitIdent('web_1', stream), (error) => {
        assert.ok(error instanceof Unanswered);
        assert.equal(error.message, 'web_1 closed the connection before it said that it is an SSH server');
        return true;
      });
      assert.equal(stream.destroyed, true);
    } finally {
      mute.close();
    }
  });

  it('are tried again where the server has no room for another connection, and only then', async () => {
    let connects = 0;
    const busy = createServer((socket) => {
      socket.on('error', NOTHING);
      connects += 1;
      if (connects <= 2) socket.end('Not allowed at this time\r\n');
      else pass(socket, server);
    });
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    try {
      const { knownHost, at } = through((busy.address() as AddressInfo).port);
      await bench.connections([], knownHost, { identities: [server.identity] }).to(sshHost('web_1', at), NEVER);
      assert.equal(connects, 3);
      await assert.rejects(bench.connections([], knownHost).to(sshHost('web_1', at), NEVER), { reason: 'authentication' });
      assert.equal(connects, 4);
      connects = -10;
      await assert.rejects(bench.connections([], knownHost).to(sshHost('web_1', at), NEVER), {
        reason: 'connection_lost',
        message: /Not allowed at this time/,
      });
      assert.equal(connects, -6);
    } finally {
      busy.close();
    }
  });

  it('are opened eight at a time', async () => {
    let under = 0;
    let most = 0;
    const counting = createServer((socket) => {
      socket.on('error', NOTHING);
      under += 1;
      most = Math.max(most, under);
      // A login takes longer than this, so it is under way all that time.
      setTimeout(() => {
        under -= 1;
        pass(socket, server);
      }, 50);
    });
    await new Promise<void>((resolve) => counting.listen(0, '127.0.0.1', resolve));
    try {
      const { knownHost, at } = through((counting.address() as AddressInfo).port);
      const connections = bench.connections([], knownHost, { identities: [server.identity] });
      await Promise.all(Array.from({ length: 20 }, (_, index) => connections.to(sshHost(`web_${String(index)}`, at), NEVER)));
      assert.ok(most <= 8, `${String(most)} at one time`);
      assert.ok(most > 1);
    } finally {
      counting.close();
    }
  });
});

function pass(socket: Socket, to: { address: string; port: number }): void {
  const beyond = connect(to.port, to.address);
  beyond.on('error', NOTHING);
  socket.pipe(beyond).pipe(socket);
}
