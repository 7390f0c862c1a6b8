import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthContext, KeyboardAuthContext } from 'ssh2';
import { haveSshd, makeKey, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { startScriptedServer } from '../../../support/sshServer.js';
import type { ScriptedServer } from '../../../support/sshServer.js';
import { wireString } from '../../../../src/engine/transports/ssh/wire.js';
import { Bench, NEVER, sshHost } from '../hosts.js';
import { eventually } from '../../../support/eventually.js';

describe('logins over SSH', function () {
  this.timeout(60_000);
  const bench = new Bench();
  const socket = join(bench.directory, 'agent');
  const environment = { ...process.env };
  let server: Sshd;
  let agent: ChildProcess;

  before(async function () {
    if (!haveSshd) this.skip();
    server = await startSshd({ config: ['MaxAuthTries 3'] });
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await eventually(() => existsSync(socket), 'the agent listens', 10);
  });
  afterEach(() => {
    delete process.env['SSH_AUTH_SOCK'];
    process.env['HOME'] = environment['HOME'];
    execFileSync('ssh-add', ['-q', '-D'], { stdio: 'ignore', env: { ...process.env, SSH_AUTH_SOCK: socket } });
  });
  after(async () => {
    if (environment['SSH_AUTH_SOCK'] !== undefined) process.env['SSH_AUTH_SOCK'] = environment['SSH_AUTH_SOCK'];
    agent.kill();
    await bench.close();
    await server.stop();
  });

  const load = (...files: readonly string[]): void => {
    process.env['SSH_AUTH_SOCK'] = socket;
    for (const file of files) execFileSync('ssh-add', ['-q', file], { stdio: 'ignore' });
  };
  const strangers = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => {
      const file = join(bench.directory, `stranger-${String(index)}`);
      return existsSync(file) ? file : makeKey(file);
    });
  const withScripted = async (
    authenticate: (context: AuthContext) => void,
    act: (made: ScriptedServer) => Promise<void>,
  ): Promise<void> => {
    const made = await startScriptedServer({ authenticate });
    try {
      await act(made);
    } finally {
      await made.stop();
    }
  };

  for (const [name, args] of [
    ['OpenSSH', []],
    ['PEM', ['-m', 'PEM']],
  ] as const) {
    for (const type of ['ecdsa', 'rsa'] as const) {
      it(`open a locked ${type} key in the format of ${name}`, async () => {
        const key = makeKey(join(bench.directory, `${type}-${name}`), type, 'open sesame');
        execFileSync('ssh-keygen', ['-q', '-p', ...args, '-P', 'open sesame', '-N', 'open sesame', '-f', key]);
        const authorized = `${server.identity}.pub`;
        const before = readFileSync(authorized, 'utf8');
        writeFileSync(authorized, before + readFileSync(`${key}.pub`, 'utf8'));
        try {
          const asked: string[] = [];
          const askSecret = async (prompt: string): Promise<string> => {
            asked.push(prompt);
            return 'open sesame';
          };
          await bench.connections([], server.knownHost, { identities: [key], askSecret }).to(sshHost('web_1', server), NEVER);
          assert.deepEqual(asked, [`Passphrase of the key ${key}`]);
          const wrong = bench.connections([], server.knownHost, { identities: [key], askSecret: async () => 'wrong' });
          await assert.rejects(wrong.to(sshHost('web_1', server), NEVER), {
            reason: 'authentication',
            message: /whose passphrase was wrong/,
          });
        } finally {
          writeFileSync(authorized, before);
        }
      });
    }
  }

  it('offer the named key of a full agent first', async () => {
    load(...strangers(6), server.identity);
    await bench.connections([], server.knownHost, { identities: [server.identity] }).to(sshHost('web_1', server), NEVER);
  });

  it('say what to do when a full agent uses up all tries', async () => {
    load(...strangers(6), server.identity);
    await assert.rejects(bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER), {
      reason: 'authentication',
      message: /allows no more tries/,
      next: /IdentitiesOnly/,
    });
  });

  it('offer only the named keys with IdentitiesOnly, and never forward the agent', async () => {
    load(...strangers(6), server.identity);
    const home = join(bench.directory, 'home');
    mkdirSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(join(home, '.ssh/config'), `Host *\n IdentitiesOnly yes\n IdentityFile ${server.identity}\n ForwardAgent yes\n`);
    process.env['HOME'] = home;
    const connection = await bench.connections([], server.knownHost, { useConfig: true }).to(sshHost('web_1', server), NEVER);
    let said = '';
    const running = await connection.start(
      { script: 'echo "${SSH_AUTH_SOCK-not forwarded}"', shell: 'sh', args: [], env: {} },
      { stdout: (bytes) => void (said += Buffer.from(bytes).toString()), stderr: () => undefined },
    );
    await running.ended;
    assert.equal(said, 'not forwarded\n');
  });

  it('go on without an agent that is gone, and say so', async () => {
    process.env['SSH_AUTH_SOCK'] = join(bench.directory, 'nobody');
    await bench.connections([], server.knownHost, { identities: [server.identity] }).to(sshHost('web_1', server), NEVER);
    await assert.rejects(bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER), {
      reason: 'authentication',
      message: /the agent did not help/,
    });
  });

  it('ignore certificates in an agent, and use the keys beside them', async () => {
    const authority = makeKey(join(bench.directory, 'authority'));
    execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'me', '-n', 'root', `${server.identity}.pub`]);
    load(server.identity);
    rmSync(`${server.identity}-cert.pub`);
    await bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER);
  });

  it('answer several rounds of questions, also after a key of the agent', async () => {
    load(server.identity);
    const answers: (readonly string[])[] = [];
    let keyed = false;
    await withScripted(
      (context) => {
        if (context.method === 'publickey' && context.signature !== undefined) {
          keyed = true;
          context.reject(['keyboard-interactive'], true);
        } else if (context.method === 'publickey' && !keyed) context.accept();
        else if (context.method !== 'keyboard-interactive') context.reject(keyed ? ['keyboard-interactive'] : ['publickey']);
        else {
          const keyboard: KeyboardAuthContext = context;
          keyboard.prompt([{ prompt: 'Password: ', echo: false }], 'Login', 'Two steps', (first) => {
            answers.push(first);
            keyboard.prompt([], () => {
              keyboard.prompt(
                [
                  { prompt: 'Code:\u001b[2J ', echo: true },
                  { prompt: 'Again: ', echo: true },
                ],
                (second) => {
                  answers.push(second);
                  keyboard.accept();
                },
              );
            });
          });
        }
      },
      async (asking) => {
        const asked: string[] = [];
        const askSecret = async (prompt: string): Promise<string> => String(asked.push(prompt));
        await bench.connections([], asking.knownHost, { askSecret }).to(sshHost('web_1', asking), NEVER);
        assert.deepEqual(answers, [['1'], ['2', '3']]);
        assert.equal(asked.length, 3);
        assert.match(asked[0] ?? '', /Two steps Password:$/);
        assert.ok(!asked.join().includes('\u001b'));
      },
    );
  });

  it('offer no key a second time, and none that the server no longer takes', async () => {
    load(server.identity);
    const key = makeKey(join(bench.directory, 'certified'));
    execFileSync('ssh-keygen', ['-q', '-s', key, '-I', 'me', '-n', 'root', `${key}.pub`]);
    const offered: string[] = [];
    await withScripted(
      (context) => {
        if (context.method === 'publickey') offered.push(context.key.algo);
        context.reject(offered.length < 2 ? ['publickey'] : ['hostbased']);
      },
      async (asking) => {
        const connections = bench.connections([], asking.knownHost, { identities: [server.identity, key, ...strangers(1)] });
        await assert.rejects(connections.to(sshHost('web_1', asking), NEVER), (error: Error) => {
          assert.match(error.message, /tried: the agent, certified-cert\.pub\)/);
          return true;
        });
      },
    );
    assert.deepEqual(offered, ['ssh-ed25519', 'ssh-ed25519-cert-v01@openssh.com']);
  });

  it('go on with a key file after an agent whose keys did not help', async () => {
    load(...strangers(1));
    await bench.connections([], server.knownHost, { identities: [server.identity] }).to(sshHost('web_1', server), NEVER);
  });

  it('leave out keys that cannot be read or are not opened, and say so where that is news', async () => {
    const [garbage, none, locked] = ['garbage', 'none', 'locked'].map((name) => join(bench.directory, name)) as [string, string, string];
    writeFileSync(garbage, 'nothing of the kind\n');
    const count = Buffer.concat([Buffer.from('openssh-key-v1\0'), ...['none', 'none', ''].map(wireString), Buffer.alloc(4)]);
    writeFileSync(none, `-----BEGIN OPENSSH PRIVATE KEY-----\n${count.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`);
    makeKey(locked, 'ed25519', 'open sesame');
    load(...strangers(1));
    const asked: string[] = [];
    const askSecret = async (prompt: string): Promise<undefined> => void asked.push(prompt);
    const identities = [garbage, none, locked, join(bench.directory, 'missing')];
    await assert.rejects(bench.connections([], server.knownHost, { identities, askSecret }).to(sshHost('web_1', server), NEVER), {
      reason: 'authentication',
      message: /tried: the agent, garbage \(which cannot be read: [^)]+\), none \(which cannot be read: the file holds no key\)\)$/,
    });
    assert.deepEqual(asked, [`Passphrase of the key ${locked}`]);
  });

  it('say that there was nothing to try where the server takes only what is not known here', async () => {
    await withScripted(
      (context) => {
        context.reject(['hostbased']);
      },
      async (asking) => {
        await assert.rejects(bench.connections([], asking.knownHost).to(sshHost('web_1', asking), NEVER), {
          reason: 'authentication',
          message: /there was nothing to try/,
          next: /--identity/,
        });
      },
    );
  });

  it('that a server breaks off while a person is asked are over before the answer comes', async () => {
    await withScripted(
      (context) => {
        context.reject(['password']);
      },
      async (asking) => {
        let answer: (secret: string) => void = () => undefined;
        const answered = new Promise<string>((resolve) => (answer = resolve));
        const askSecret = (): Promise<string> => {
          asking.dropConnections();
          return answered;
        };
        await assert.rejects(bench.connections([], asking.knownHost, { askSecret }).to(sshHost('web_1', asking), NEVER), {
          reason: 'connection_lost',
        });
        answer('too late');
        await sleep(20);
        assert.equal(asking.logins, 0);
      },
    );
  });

  it('say that a password has expired', async () => {
    await withScripted(
      (context) => {
        if (context.method === 'password') context.requestChange('Choose a new one', () => undefined);
        else context.reject(['password']);
      },
      async (asking) => {
        const connections = bench.connections([], asking.knownHost, { askSecret: async () => 'old' });
        await assert.rejects(connections.to(sshHost('web_1', asking), NEVER), { reason: 'authentication', message: /has expired/ });
      },
    );
  });

  it('that are no longer allowed on the way back say so', async () => {
    const authorized = `${server.identity}.pub`;
    const before = readFileSync(authorized, 'utf8');
    const connections = bench.connections([], server.knownHost, { identities: [server.identity] });
    const first = await connections.to(sshHost('web_1', server), NEVER);
    try {
      writeFileSync(authorized, '');
      server.dropConnections();
      await eventually(() => !first.alive, 'the first connection breaks', 5);
      await assert.rejects(connections.to(sshHost('web_1', server), NEVER), { reason: 'authentication' });
    } finally {
      writeFileSync(authorized, before);
    }
  });
});
