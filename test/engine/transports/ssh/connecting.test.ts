import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FROM_THE_BEGINNING } from '../../../../src/engine/transports/transport.js';
import { freePort, haveSshd, makeKey, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { startScriptedServer } from '../../../support/sshServer.js';
import { Bench, NEVER, newAttempt, run, script, sshHost, toServer } from '../hosts.js';
import { eventually } from '../../../support/eventually.js';

const SILENT = { stdout: () => undefined, stderr: () => undefined };

describe('SSH connections', () => {
  const bench = new Bench();
  let server: Sshd;
  let behind: Sshd;

  before(async function () {
    if (!haveSshd) this.skip();
    server = await startSshd();
    behind = await startSshd({ keyType: 'ecdsa' });
  });
  after(async () => {
    await bench.close();
    await server.stop();
    await behind.stop();
  });

  it('are shared and opened anew once they are broken', async () => {
    const connections = bench.connections([], server.knownHost, { identities: [server.identity] });
    const host = sshHost('web_1', server);
    const [first, same] = await Promise.all([connections.to(host, NEVER), connections.to(host, NEVER)]);
    assert.equal(first, same);
    server.dropConnections();
    await eventually(() => !first.alive, 'the first connection breaks', 5);
    const second = await connections.to(host, NEVER);
    assert.equal((await run(second, script('echo back'))).stdout, 'back\n');
  });

  it('that break under an act end it as lost; it goes on there, and the host tells how it ended', async () => {
    const connection = await toServer(bench, server);
    const attempt = newAttempt();
    const running = await connection.start(script('sleep 1; exit 9', { attempt }), SILENT);
    server.dropConnections();
    assert.equal((await running.ended).kind, 'lost');
    const again = await toServer(bench, server);
    const following = await again.attach(attempt, SILENT, FROM_THE_BEGINNING);
    assert.deepEqual(await following.ended, { kind: 'exited', code: 9 });
    assert.deepEqual(await again.collect(attempt), { kind: 'finished', code: 9 });
  });

  it('that break before a command has all of its text never run part of it', async () => {
    const cut = await startScriptedServer({
      exec: (_commandLine, accept, connection) => {
        accept().on('data', () => connection.end());
      },
    });
    try {
      const connection = await bench.connections([], cut.knownHost).to(sshHost('web_1', cut), NEVER);
      await assert.rejects(run(connection, script('true', { attempt: newAttempt() })), { reason: 'connection_lost' });
    } finally {
      await cut.stop();
    }
    const { end } = await run(
      await toServer(bench, server),
      script(`printf '1000\\n{\\necho half' | sh -c 'IFS= read -r n && p=$(head -c "$n") && eval "$p"' 2>/dev/null`),
    );
    assert.notDeepEqual(end, { kind: 'exited', code: 0 });
  });

  it('say when a login shell ends before the command begins', async () => {
    const noisy = await startScriptedServer({
      exec: (_commandLine, accept) => {
        const channel = accept();
        channel.stderr.write('This account is not available.\n');
        channel.exit(1);
        channel.end();
      },
    });
    try {
      const connection = await bench.connections([], noisy.knownHost).to(sshHost('web_1', noisy), NEVER);
      await assert.rejects(run(connection, script('true', { attempt: newAttempt() })), {
        reason: 'not_started',
        message: /This account is not available/,
      });
    } finally {
      await noisy.stop();
    }
  });

  it('read over greetings of a login shell', async () => {
    writeFileSync(join(server.home, '.bashrc'), 'echo welcome; echo to you >&2\n');
    try {
      assert.deepEqual(await run(await toServer(bench, server), script('echo done')), {
        end: { kind: 'exited', code: 0 },
        stdout: 'done\n',
        stderr: '',
      });
    } finally {
      writeFileSync(join(server.home, '.bashrc'), '');
    }
  });

  it('go through a jump host of the inventory, each key judged under its own name', async () => {
    const hosts = [sshHost('bastion', server), sshHost('inner', behind, { jump: 'bastion' })];
    const identities = [server.identity, behind.identity];
    const through = bench.connections(hosts, server.knownHost + behind.knownHost, { identities });
    const inner = await through.to(hosts[1] ?? assert.fail(), NEVER);
    assert.equal((await run(inner, script('echo "$HOME"'))).stdout, `${behind.home}\n`);
    assert.equal(await through.reachable(hosts[1] ?? assert.fail()), true);
    for (const known of [server.knownHost, behind.knownHost]) {
      await assert.rejects(bench.connections(hosts, known, { identities }).to(hosts[1] ?? assert.fail(), NEVER), { reason: 'host_key' });
    }
  });

  it('refuse jump hosts that lead in a circle', async () => {
    const hosts = [sshHost('a', server, { jump: 'b' }), sshHost('b', server, { jump: 'a' })];
    await assert.rejects(bench.connections(hosts, '').to(hosts[0] ?? assert.fail(), NEVER), {
      reason: 'connection_refused',
      message: /circle/,
    });
  });

  it("go through the jump host, and with the settings, of the user's own configuration", async () => {
    const home = join(bench.directory, 'home');
    mkdirSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(
      join(home, '.ssh/config'),
      `Host inner\n HostName ${behind.address}\n Port ${String(behind.port)}\n IdentityFile ${behind.identity}\n ProxyJump outer\nHost outer\n HostName ${server.address}\n Port ${String(server.port)}\n IdentityFile ${server.identity}\n`,
    );
    const before = process.env['HOME'];
    process.env['HOME'] = home;
    try {
      const { user } = sshHost('x', server);
      const host = {
        name: 'inner',
        address: 'inner',
        connection: 'ssh',
        platform: 'linux',
        vars: {},
        ...(user === undefined ? {} : { user }),
      } as const;
      const inner = await bench.connections([], server.knownHost + behind.knownHost, { useConfig: true }).to(host, NEVER);
      assert.equal((await run(inner, script('echo "$HOME"'))).stdout, `${behind.home}\n`);
    } finally {
      process.env['HOME'] = before;
    }
  });

  it('log in with a key of the agent', async () => {
    const socket = join(bench.directory, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    const before = process.env['SSH_AUTH_SOCK'];
    try {
      process.env['SSH_AUTH_SOCK'] = socket;
      for (let tries = 0; tries < 100; tries++) {
        try {
          execFileSync('ssh-add', ['-q', server.identity], { stdio: 'ignore' });
          break;
        } catch {
          await sleep(20);
        }
      }
      const connection = await bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER);
      assert.equal((await run(connection, script('echo "${SSH_AUTH_SOCK-not forwarded}"'))).stdout, 'not forwarded\n');
    } finally {
      if (before === undefined) delete process.env['SSH_AUTH_SOCK'];
      else process.env['SSH_AUTH_SOCK'] = before;
      agent.kill();
    }
  });

  it('ask for the passphrase of a locked key, and say what was tried when nobody is let in', async () => {
    const locked = join(bench.directory, 'locked');
    cpSync(server.identity, locked);
    chmodSync(locked, 0o600);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', locked]);
    const prompts: string[] = [];
    const askSecret = async (prompt: string): Promise<string> => {
      prompts.push(prompt);
      return 'open sesame';
    };
    await bench.connections([], server.knownHost, { identities: [locked], askSecret }).to(sshHost('web_1', server), NEVER);
    assert.deepEqual(prompts, [`Passphrase of the key ${locked}`]);
    const stranger = makeKey(join(bench.directory, 'stranger'));
    await assert.rejects(bench.connections([], server.knownHost, { identities: [stranger] }).to(sshHost('web_1', server), NEVER), {
      reason: 'authentication',
      message: /tried: .*stranger/,
    });
  });

  it('answer the questions of a server, and give a password where it takes one', async () => {
    for (const method of ['keyboard-interactive', 'password'] as const) {
      const asking = await startScriptedServer({
        authenticate: (context) => {
          if (context.method === 'keyboard-interactive' && method === context.method)
            context.prompt([{ prompt: 'Code: ', echo: false }], (answers) => {
              if (answers[0] === 'let me in') context.accept();
              else context.reject();
            });
          else if (context.method === 'password' && method === context.method && context.password === 'let me in') context.accept();
          else context.reject([method]);
        },
      });
      try {
        await bench.connections([], asking.knownHost, { askSecret: async () => 'let me in' }).to(sshHost('web_1', asking), NEVER);
        assert.equal(asking.logins, 1);
        await assert.rejects(bench.connections([], asking.knownHost).to(sshHost('web_1', asking), NEVER), { reason: 'authentication' });
      } finally {
        await asking.stop();
      }
    }
  });

  it('tell whether a host can be reached', async () => {
    const connections = bench.connections([], '');
    assert.equal(await connections.reachable(sshHost('web_1', server)), true);
    const nobody = sshHost('off', { address: '127.0.0.1', port: await freePort('127.0.0.1') });
    assert.equal(await connections.reachable(nobody), false);
    await assert.rejects(connections.to(nobody, NEVER), { reason: 'connection_refused' });
  });

  it('are not opened when nothing may be opened, nor to names that are none', async () => {
    const assertMayAct = (): never => {
      throw new Error('not trusted');
    };
    const guarded = bench.connections([], server.knownHost, { identities: [server.identity] }, { assertMayAct });
    await assert.rejects(guarded.to(sshHost('web_1', server), NEVER), /not trusted/);
    assert.throws(() => guarded.reachable(sshHost('web_1', server)), /not trusted/);
    for (const address of ['-oProxyCommand=id', 'a b', '$(id)', 'a;id', ''])
      await assert.rejects(bench.connections([], '').to(sshHost('x', { address, port: 22 }), NEVER), { reason: 'not_started' });
  });

  it('copy files there and back, whole or not at all', async () => {
    const connection = await toServer(bench, server);
    const file = join(bench.directory, "it's a file");
    const content = Buffer.alloc(300_000, 'abc');
    writeFileSync(file, content, { mode: 0o755 });
    let last = 0;
    const transfer = await connection.upload(file, './', (bytes) => (last = bytes));
    assert.equal(last, content.length);
    assert.deepEqual(readFileSync(transfer.path), content);
    rmSync(transfer.path);
    const there = join(server.home, 'copy');
    writeFileSync(there, 'old');
    assert.equal((await connection.upload(file, there, () => undefined)).bytes, content.length);
    assert.deepEqual(readFileSync(there), content);
    const back = join(bench.directory, 'back');
    assert.equal((await connection.download(there, back, () => undefined)).sha256, transfer.sha256);
    assert.deepEqual(readFileSync(back), content);
    await assert.rejects(
      connection.upload(file, join(server.home, 'no/such/place'), () => undefined),
      { reason: 'transfer' },
    );
    await assert.rejects(
      connection.download(join(server.home, 'missing'), back, () => undefined),
      { reason: 'transfer' },
    );
    assert.equal((await run(connection, script('ls -A "$HOME" | grep -c part || :'))).stdout, '0\n');
  });
});
