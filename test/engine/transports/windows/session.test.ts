import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/engine/transports/transport.js';
import { FROM_THE_BEGINNING } from '../../../../src/engine/transports/transport.js';
import { WINDOWS_BOOTSTRAP, WINDOWS_KILL_SCRIPT } from '../../../../src/engine/transports/windows/wrapper.js';
import { startScriptedServer } from '../../../support/sshServer.js';
import type { Script, ScriptedServer } from '../../../support/sshServer.js';
import { Bench, NEVER, newAttempt, run, sshHost } from '../hosts.js';

const SILENT = { stdout: () => undefined, stderr: () => undefined };

/** What the PowerShell of a host is given. */
interface Given {
  readonly nonce: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly workdir: string | null;
}

/** What it then does: exit code and output; `undefined` does not begin, `'mute'` does not even say why, `'never'` begins and does not end. */
type Answer = { readonly code: number; readonly stdout?: string; readonly stderr?: string } | 'never' | 'mute' | undefined;

/** A host with the OpenSSH of Windows, as far as a session can tell: it takes one command line, and a line of base64 on standard input. */
async function startWindows(answer: (given: Given) => Answer): Promise<ScriptedServer & { readonly given: readonly Given[] }> {
  const given: Given[] = [];
  const exec: Script['exec'] = (commandLine, accept) => {
    const channel = accept();
    assert.equal(commandLine, WINDOWS_BOOTSTRAP);
    let line = '';
    channel.on('data', (bytes: Buffer) => {
      if (line.endsWith('\n')) return;
      line += bytes.toString();
      if (!line.endsWith('\n')) return;
      const one = JSON.parse(Buffer.from(line, 'base64').toString('utf8')) as Given;
      given.push(one);
      const said = answer(one);
      if (said === undefined || said === 'mute') {
        if (said === undefined) channel.stderr.write("'powershell.exe' is not recognized\r\n");
        channel.exit(9009);
        channel.end();
        return;
      }
      channel.write(`runbook-studio ${one.nonce} started 4711 -\n`);
      if (said === 'never') return;
      if (said.stdout !== undefined) channel.write(said.stdout);
      if (said.stderr !== undefined) channel.stderr.write(said.stderr);
      channel.exit(said.code);
      channel.end();
    });
  };
  return Object.assign(await startScriptedServer({ exec }), { given });
}

describe('sessions with Windows hosts', () => {
  const bench = new Bench();
  after(() => bench.close());

  const withWindows = async (
    answer: (given: Given) => Answer,
    act: (connection: Connection, server: Awaited<ReturnType<typeof startWindows>>) => Promise<void>,
  ): Promise<void> => {
    const server = await startWindows(answer);
    try {
      await act(await bench.connections([], server.knownHost).to(sshHost('win_1', server, { platform: 'windows' }), NEVER), server);
    } finally {
      await server.stop();
    }
  };
  const command = { script: 'Get-Date', shell: 'powershell', args: ['a b'], env: { A: 'b' } } as const;

  it('carry a command, and bring back its output and its exit code', async () => {
    await withWindows(
      () => ({ code: 3, stdout: 'out\n', stderr: 'err\n' }),
      async (connection, { given }) => {
        assert.deepEqual(await run(connection, { ...command, workdir: 'C:\\Temp' }), {
          end: { kind: 'exited', code: 3 },
          stdout: 'out\n',
          stderr: 'err\n',
        });
        const { nonce, ...rest } = given[0] ?? assert.fail();
        assert.match(nonce, /^[0-9a-f]{32}$/);
        assert.deepEqual(rest, { script: 'Get-Date', args: ['a b'], env: [{ name: 'A', value: 'b' }], workdir: 'C:\\Temp' });
      },
    );
  });

  it('refuse what there is not, before anything is sent', async () => {
    await withWindows(
      () => assert.fail('something was started'),
      async (connection, { given }) => {
        const refused = (message: RegExp): object => ({ reason: 'not_started', message });
        await assert.rejects(connection.start({ ...command, shell: 'sh' }, SILENT), refused(/PowerShell scripts only/));
        const terminal = { columns: 80, rows: 24 };
        await assert.rejects(connection.start({ ...command, terminal }, SILENT), refused(/no terminals on Windows/));
        await assert.rejects(connection.start({ ...command, become: { user: 'admin' } }, SILENT), refused(/cannot become another user/));
        assert.equal(given.length, 0);
      },
    );
  });

  it('keep no evidence, and say so', async () => {
    await withWindows(
      () => undefined,
      async (connection) => {
        assert.deepEqual(await connection.collect(newAttempt()), { kind: 'none' });
        await assert.rejects(connection.attach(newAttempt(), SILENT, FROM_THE_BEGINNING), {
          reason: 'connection_lost',
          message: 'win_1 keeps no evidence of what runs',
        });
      },
    );
  });

  it('tell a host whose PowerShell does not begin, with what it says instead', async () => {
    await withWindows(
      () => undefined,
      async (connection) => {
        await assert.rejects(connection.start(command, SILENT), {
          reason: 'not_started',
          message: "PowerShell on win_1 ended before the command could begin: 'powershell.exe' is not recognized",
        });
      },
    );
  });

  it('tell a host that ends without a word', async () => {
    await withWindows(
      () => 'mute',
      async (connection) => {
        await assert.rejects(connection.start(command, SILENT), { message: 'PowerShell on win_1 ended before the command could begin' });
      },
    );
  });

  it('leave it open what became of a command whose connection broke at once', async () => {
    const cut = await startScriptedServer({ exec: (_commandLine, accept, connection) => void accept().on('data', () => connection.end()) });
    try {
      const host = sshHost('win_1', cut, { platform: 'windows' });
      const connection = await bench.connections([], cut.knownHost).to(host, NEVER);
      const running = await connection.start(command, SILENT);
      assert.equal((await running.ended).kind, 'lost');
      assert.match((await running.cancel(10)).join(), /^nobody could look whether it still runs: /);
    } finally {
      await cut.stop();
    }
  });

  it('end a command with all it has begun, and name what is left', async () => {
    for (const [left, expected] of [
      ['', []],
      ['process 4711 (setup) is still running\r\n', ['process 4711 (setup) is still running']],
    ] as const) {
      await withWindows(
        ({ script }) => (script === WINDOWS_KILL_SCRIPT ? { code: 0, stdout: left } : 'never'),
        async (connection, { given }) => {
          const running = await connection.start(command, SILENT);
          assert.equal(running.position(), undefined);
          running.write('nobody reads this');
          running.resize(10, 10);
          assert.deepEqual(await running.cancel(10), expected);
          assert.equal((await running.ended).kind, 'lost');
          assert.deepEqual(given.at(-1)?.args, ['4711']);
        },
      );
    }
  });

  it('tell the time of the last boot, or that they could not look', async () => {
    await withWindows(
      () => ({ code: 0, stdout: '2030-01-01T00:00:00.0000000Z\r\n' }),
      async (connection) => {
        assert.equal(await connection.preflight(), '2030-01-01T00:00:00.0000000Z');
      },
    );
    await withWindows(
      () => ({ code: 0 }),
      async (connection) => {
        assert.equal(await connection.bootId(), undefined);
      },
    );
    await withWindows(
      () => ({ code: 1 }),
      async (connection) => {
        await assert.rejects(connection.bootId(), { reason: 'connection_lost', message: 'win_1 could not look' });
      },
    );
  });
});
