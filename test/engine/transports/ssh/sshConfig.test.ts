import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { hostSettings } from '../../../../src/engine/transports/ssh/sshConfig.js';
import type { HostRequest, HostSettings } from '../../../../src/engine/transports/ssh/sshConfig.js';

const NOTHING = (): void => undefined;
const haveSsh = ((): boolean => {
  try {
    execFileSync('ssh', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const CONFIG = `
Host web
  HostName %h.example.com
  User deploy
  Port 2222
  IdentityFile ~/keys/one
  IdentityFile %d/keys/%r-%u-%h-100%%
  CertificateFile ~/keys/one-cert.pub
  IdentitiesOnly yes
  IdentityAgent /run/agent.example
  ProxyJump ops@bastion.example.com:2200,inner.example.com
  HostKeyAlias web-alias
  RevokedHostKeys ~/.ssh/revoked
Host plain
  IdentityAgent SSH_AUTH_SOCK
  IdentityFile none
  ProxyJump none
Host silent
  IdentityAgent none
  ProxyCommand nc %h %p
`;

describe('settings from the SSH configuration of the user', () => {
  const home = mkdtempSync(join(tmpdir(), 'runbook-config-'));
  const earlier = { HOME: process.env['HOME'], PATH: process.env['PATH'] };
  const user = userInfo().username;

  beforeEach(() => {
    process.env['HOME'] = home;
    mkdirSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(join(home, '.ssh/config'), CONFIG, { mode: 0o600 });
  });
  afterEach(() => {
    process.env['HOME'] = earlier.HOME;
    process.env['PATH'] = earlier.PATH;
  });
  after(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const settings = (address: string, more: Partial<HostRequest> = {}, useConfig = true): Promise<HostSettings> =>
    hostSettings({ address, ...more }, useConfig, NOTHING);

  for (const [way, path] of [
    ['OpenSSH', undefined],
    ['the package, where there is no OpenSSH', '/nowhere'],
  ] as const) {
    describe(`as read by ${way}`, () => {
      before(function () {
        if (path === undefined && !haveSsh) this.skip();
      });
      beforeEach(() => {
        if (path !== undefined) process.env['PATH'] = path;
      });

      it('name everything that counts for a login', async () => {
        assert.deepEqual(await settings('web'), {
          address: 'web.example.com',
          port: 2222,
          user: 'deploy',
          identityFiles: [`${home}/keys/one`, `${home}/keys/deploy-${user}-web.example.com-100%`],
          identitiesOnly: true,
          certificateFiles: [`${home}/keys/one-cert.pub`],
          identityAgent: '/run/agent.example',
          jumps: ['ops@bastion.example.com:2200', 'inner.example.com'],
          hostKeyAlias: 'web-alias',
          revokedHostKeys: `${home}/.ssh/revoked`,
          proxyCommand: false,
        });
      });

      it('know what "none" means, and that the agent may be the one of the environment', async () => {
        const { identityAgent, identityFiles, jumps, user: login, port } = await settings('plain');
        assert.deepEqual(
          { identityAgent, identityFiles, jumps, login, port },
          {
            identityAgent: undefined,
            identityFiles: [],
            jumps: [],
            login: user,
            port: 22,
          },
        );
        const silent = await settings('silent');
        assert.deepEqual([silent.identityAgent, silent.proxyCommand], ['none', true]);
      });

      it('give way to what the inventory says', async () => {
        const asked = await settings('web', { user: 'root', port: 22 });
        assert.deepEqual([asked.user, asked.port, asked.address], ['root', 22, 'web.example.com']);
      });
    });
  }

  it('are the usual ones where there is no configuration, or it is not to be read', async () => {
    const usual = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(home, '.ssh', name));
    const unread = await settings('web', {}, false);
    assert.deepEqual([unread.address, unread.port, unread.user, unread.identityFiles], ['web', 22, user, usual]);
    rmSync(join(home, '.ssh/config'));
    assert.deepEqual(await settings('web'), unread);
  });

  it('with a port that is none are refused, wherever it stands', async () => {
    const refused = { name: 'TransportError', reason: 'not_started', message: /cannot be the port of a host/ };
    for (const port of [0, 65_536, 99_999, 22.5]) await assert.rejects(settings('web', { port }), refused);
    process.env['PATH'] = '/nowhere';
    writeFileSync(join(home, '.ssh/config'), 'Host web\n  Port many\n');
    await assert.rejects(settings('web'), refused);
  });
});
