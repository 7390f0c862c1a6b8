import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { haveSshd, makeKey, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { Bench, NEVER, run, script, sshHost } from '../hosts.js';
import { eventually } from '../../../support/eventually.js';

describe('user certificates', function () {
  this.timeout(60_000);
  const bench = new Bench();
  const file = (name: string): string => join(bench.directory, name);
  const authority = file('authority');
  const agentBefore = process.env['SSH_AUTH_SOCK'];
  let server: Sshd;
  let agent: ChildProcess;

  before(async function () {
    if (!haveSshd) this.skip();
    makeKey(authority);
    server = await startSshd({ config: ['AuthorizedKeysFile none', `TrustedUserCAKeys ${authority}.pub`] });
    agent = spawn('ssh-agent', ['-D', '-a', file('agent')], { stdio: 'ignore' });
    await eventually(() => existsSync(file('agent')), 'the agent listens', 10);
  });
  afterEach(() => {
    delete process.env['SSH_AUTH_SOCK'];
  });
  after(async () => {
    if (agentBefore !== undefined) process.env['SSH_AUTH_SOCK'] = agentBefore;
    agent.kill();
    await bench.close();
    await server.stop();
  });

  const sign = (key: string, ...options: readonly string[]): void => {
    execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'me', '-n', userInfo().username, ...options, `${key}.pub`]);
  };
  const logsIn = async (identities: readonly string[]): Promise<void> => {
    const connection = await bench.connections([], server.knownHost, { identities }).to(sshHost('web_1', server), NEVER);
    assert.equal((await run(connection, script('echo in'))).stdout, 'in\n');
  };

  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
    it(`let a ${type} key in, from its file and from the agent`, async () => {
      const key = makeKey(file(type), type);
      await assert.rejects(logsIn([key]), { reason: 'authentication' });
      sign(key);
      await logsIn([key]);
      process.env['SSH_AUTH_SOCK'] = file('agent');
      execFileSync('ssh-add', ['-q', key], { stdio: 'ignore' });
      rmSync(key);
      await logsIn([key]);
      execFileSync('ssh-add', ['-q', '-D'], { stdio: 'ignore' });
    });
  }

  it('let the longest of the elliptic keys in', async () => {
    const key = file('long');
    execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-b', '521', '-N', '', '-f', key]);
    sign(key);
    await logsIn([key]);
  });

  it('are not offered before or after their time, nor when they are about a host', async () => {
    const key = makeKey(file('late'));
    for (const options of [['-V', '20200101:20200201'], ['-V', '20900101:20910101'], ['-h']]) {
      sign(key, ...options);
      await assert.rejects(logsIn([key]), (error: Error) => !error.message.includes('late-cert.pub'));
    }
    writeFileSync(`${key}-cert.pub`, 'nonsense');
    await assert.rejects(logsIn([key]), { reason: 'authentication' });
  });

  it('are found where the SSH configuration names them', async () => {
    const key = makeKey(file('elsewhere'));
    sign(key);
    execFileSync('mv', [`${key}-cert.pub`, file('certificate')]);
    const home = file('home');
    mkdirSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(join(home, '.ssh/config'), `Host *\n IdentityFile ${key}\n CertificateFile ${file('certificate')}\n`);
    const old = process.env['HOME'];
    process.env['HOME'] = home;
    try {
      await bench.connections([], server.knownHost, { useConfig: true }).to(sshHost('web_1', server), NEVER);
    } finally {
      process.env['HOME'] = old;
    }
  });
});
