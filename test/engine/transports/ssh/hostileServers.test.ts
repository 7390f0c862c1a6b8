import assert from 'node:assert/strict';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import type { Client } from 'ssh2';
import { StreamGuard } from '../../../../src/engine/transports/ssh/streamGuard.js';
import { startScriptedServer } from '../../../support/sshServer.js';
import type { Script, ScriptedServer } from '../../../support/sshServer.js';
import { Bench, NEVER, run, script, sshHost } from '../hosts.js';
import { eventually } from '../../../support/eventually.js';

const MEBIBYTE = 1024 * 1024;
const NOTHING = (): void => undefined;

/** A server of raw bytes. */
async function startRaw(serve: (socket: Socket) => void): Promise<{ address: string; port: number; stop(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Sends the same bytes as long as they are taken. */
function pour(socket: Socket, bytes: Buffer, most = 1024 * MEBIBYTE): void {
  let sent = 0;
  const more = (): void => {
    while (sent < most && !socket.destroyed && socket.write(bytes)) sent += bytes.length;
    if (sent >= most) socket.end();
  };
  socket.on('drain', more);
  more();
}

describe('hostile SSH servers', function () {
  this.timeout(60_000);
  const bench = new Bench();
  after(() => bench.close());

  const refused = async (at: { address: string; port: number }, expected: object): Promise<void> => {
    const before = process.memoryUsage().rss;
    await assert.rejects(bench.connections([], '', { trustUnknownKey: async () => true }).to(sshHost('web_1', at), NEVER), expected);
    assert.ok(process.memoryUsage().rss - before < 100 * MEBIBYTE, 'memory grew');
  };
  const withScripted = async (made: Script, act: (server: ScriptedServer) => Promise<void>): Promise<void> => {
    const server = await startScriptedServer(made);
    try {
      await act(server);
    } finally {
      await server.stop();
    }
  };

  for (const [name, bytes] of [
    ['lines without end before it names itself', Buffer.from('welcome\r\n'.repeat(4000))],
    ['one line without end', Buffer.alloc(64 * 1024, 'x')],
    ['a name without end', Buffer.from(`SSH-2.0-${'x'.repeat(64 * 1024)}`)],
  ] as const) {
    it(`that say ${name} are refused`, async () => {
      const server = await startRaw((socket) => {
        pour(socket, bytes);
      });
      try {
        await refused(server, { reason: 'connection_refused', message: /talks without end/ });
      } finally {
        await server.stop();
      }
    });
  }

  it('that send more than a login takes before it are refused', async () => {
    const server = await startRaw((socket) => {
      socket.write('SSH-2.0-x\r\n');
      // Packets to be ignored, of 32 KiB each (RFC 4253, 6 and 11.2).
      const packet = Buffer.alloc(32 * 1024 + 4);
      packet.writeUInt32BE(32 * 1024);
      packet[4] = 8;
      packet[5] = 2;
      pour(socket, packet);
    });
    try {
      await refused(server, { reason: 'connection_lost' });
    } finally {
      await server.stop();
    }
  });

  it('that ask without end during the login are refused', async () => {
    let over = false;
    await withScripted(
      {
        authenticate: (context) => {
          const protocol = (context as unknown as { _protocol: { ping(): void } })._protocol;
          const ping = (): void => {
            try {
              for (let count = 0; count < 500; count++) protocol.ping();
              if (!over) setImmediate(ping);
            } catch {
              // The client has gone.
            }
          };
          ping();
        },
      },
      (server) =>
        refused(server, { reason: 'connection_lost', message: /without end before the login is over/ }).finally(() => {
          over = true;
        }),
    );
  });

  it('that ask questions without end are given up', async () => {
    let rounds = 0;
    await withScripted(
      {
        authenticate: (context) => {
          if (context.method !== 'keyboard-interactive') {
            context.reject(['keyboard-interactive']);
            return;
          }
          const again = (): void => {
            rounds += 1;
            context.prompt([{ prompt: `round ${String(rounds)} `, echo: true }], again);
          };
          again();
        },
      },
      async (server) => {
        const connecting = bench.connections([], server.knownHost, { askSecret: async () => 'x' }).to(sshHost('web_1', server), NEVER);
        await assert.rejects(connecting, { reason: 'authentication', message: /asks without end/ });
        assert.ok(rounds <= 12);
      },
    );
  });

  it('that open channels by the thousand get none, and do no harm', async () => {
    let refusals = 0;
    await withScripted(
      {
        ready: (connection) => {
          for (let count = 0; count < 5000; count++)
            connection.forwardOut('127.0.0.1', 1, '127.0.0.1', 2, (error) => {
              if (error !== undefined) refusals += 1;
            });
        },
        exec: (_commandLine, accept) => {
          const channel = accept();
          channel.stderr.write('nothing here\n');
          channel.exit(1);
          channel.end();
        },
      },
      async (server) => {
        const connection = await bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER);
        await assert.rejects(run(connection, script('true')), { reason: 'not_started' });
        await eventually(() => refusals >= 5000, 'what hosts sent is refused 5,000 times', 10);
      },
    );
  });

  it('whose file service never answers do not hold a copy that is stopped', async () => {
    await withScripted(
      { sftp: (sftp) => void sftp.on('OPEN', (id) => sftp.handle(id, Buffer.from('h'))).on('WRITE', NOTHING) },
      async (server) => {
        const connection = await bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER);
        const file = join(bench.directory, 'sent');
        writeFileSync(file, 'x'.repeat(100_000));
        const stop = new AbortController();
        const uploading = connection.upload(file, '/image', NOTHING, stop.signal);
        setTimeout(() => {
          stop.abort(new Error('stopped'));
        }, 200);
        await assert.rejects(uploading, /stopped/);
      },
    );
  });

  it('whose file service lies about a file do not get beyond what it said', async () => {
    const lies: readonly (readonly [string, (sftp: Parameters<NonNullable<Script['sftp']>>[0]) => void, RegExp])[] = [
      [
        'a home that is none',
        (sftp) => void sftp.on('REALPATH', (id) => sftp.name(id, [name('../../etc\n')])),
        /home directory that is none/,
      ],
      ['a directory', (sftp) => void sftp.on('STAT', (id) => sftp.attrs(id, attributes(0o40755, 10))), /is not a plain file/],
      [
        'a size beyond all disks',
        (sftp) => void sftp.on('STAT', (id) => sftp.attrs(id, attributes(0o100644, 2 ** 52))),
        /there is no room/,
      ],
      [
        'less than it said',
        (sftp) =>
          void sftp
            .on('STAT', (id) => sftp.attrs(id, attributes(0o100644, 100_000)))
            .on('OPEN', (id) => sftp.handle(id, Buffer.from('h')))
            .on('READ', (id) => sftp.status(id, 1))
            .on('CLOSE', (id) => sftp.status(id, 0)),
        /./,
      ],
      [
        'more than was asked for',
        (sftp) =>
          void sftp
            .on('STAT', (id) => sftp.attrs(id, attributes(0o100644, 10)))
            .on('OPEN', (id) => sftp.handle(id, Buffer.from('h')))
            .on('READ', (id) => sftp.data(id, Buffer.alloc(30_000, 'x')))
            .on('CLOSE', (id) => sftp.status(id, 0)),
        /./,
      ],
    ];
    for (const [what, sftp, expected] of lies) {
      await withScripted({ sftp }, async (server) => {
        const connection = await bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER);
        const from = what.startsWith('a home') ? 'log' : '/log';
        const back = join(bench.directory, 'lies');
        await assert.rejects(connection.download(from, back, NOTHING), (error: Error & { reason?: string }) => {
          assert.match(error.message, expected, what);
          assert.ok(error.reason === 'transfer' || error.reason === 'not_started', `${what}: ${String(error.reason)} ${error.message}`);
          return true;
        });
        assert.equal(existsSync(back), false);
      });
    }
    assert.deepEqual(
      readdirSync(bench.directory).filter((file) => file.endsWith('.part')),
      [],
    );
  });

  it('that name themselves byte by byte are understood', async () => {
    await withScripted({}, async (server) => {
      const slow = await startRaw((socket) => {
        const beyond = connect(server.port, server.address);
        socket.pipe(beyond).on('error', NOTHING);
        beyond.once('data', (first: Buffer) => {
          beyond.pause();
          void (async () => {
            for (const byte of first) {
              socket.write(Buffer.of(byte));
              await sleep(5);
            }
            beyond.pipe(socket);
          })();
        });
      });
      try {
        const known = server.knownHost.replace(String(server.port), String(slow.port));
        await bench.connections([], known).to(sshHost('web_1', slow), NEVER);
        assert.equal(server.logins, 1);
      } finally {
        await slow.stop();
      }
    });
  });
});

describe('the guard of a connection', () => {
  const guarded = (client: object, loggedIn: boolean): { stream: Duplex; said: string[] } => {
    const said: string[] = [];
    const stream = new Duplex({ read: NOTHING, write: NOTHING });
    const guard = new StreamGuard(stream, client as Client, (what) => said.push(what));
    if (loggedIn) guard.loggedIn(60_000);
    return { stream, said };
  };

  it('ends one that does not read what it asks for', async () => {
    const { stream, said } = guarded({ _callbacks: [] }, true);
    stream.write(Buffer.alloc(33 * MEBIBYTE));
    stream.push('x');
    await sleep(5);
    assert.match(said.join(), /does not read the answers/);
    stream.destroy();
  });

  it('ends one that makes the client ask without end', async () => {
    const { stream, said } = guarded({ _callbacks: Array.from({ length: 300 }) }, true);
    stream.push('x');
    await sleep(5);
    assert.match(said.join(), /makes this client ask/);
    stream.destroy();
  });

  it('counts what comes until the login is over, and not afterwards', async () => {
    for (const [loggedIn, expected] of [
      [false, 1],
      [true, 0],
    ] as const) {
      const { stream, said } = guarded({}, loggedIn);
      for (let count = 0; count < 20; count++) stream.push(Buffer.alloc(64 * 1024));
      await sleep(5);
      assert.equal(said.length, expected);
      stream.destroy();
    }
  });

  it('knows the list the library keeps', () => {
    const client = new ssh2.Client();
    client.on('error', NOTHING);
    client.connect({ sock: new Duplex({ read: NOTHING, write: NOTHING }), username: 'x' });
    assert.ok(Array.isArray(Reflect.get(client, '_callbacks')));
    client.destroy();
  });
});

function name(
  filename: string,
): Parameters<Parameters<NonNullable<Script['sftp']>>[0]['name']>[1] extends readonly (infer T)[] ? T : never {
  return { filename, longname: filename, attrs: attributes(0o40755, 0) };
}

function attributes(mode: number, size: number): { mode: number; uid: number; gid: number; size: number; atime: number; mtime: number } {
  return { mode, uid: 0, gid: 0, size, atime: 0, mtime: 0 };
}
