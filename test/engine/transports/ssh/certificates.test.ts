import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PassThrough, Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { judgeHostKey } from '../../../../src/engine/transports/ssh/hostVerifier.js';
import type { Certificate } from '../../../../src/engine/transports/ssh/certificate.js';
import { parseKnownHosts } from '../../../../src/engine/transports/ssh/knownHosts.js';
import { wireString } from '../../../../src/engine/transports/ssh/wire.js';
import { fetchCertificate } from '../../../../src/engine/transports/ssh/fetchCertificate.js';
import { parseCertificate, troubleWithCertificate } from '../../../../src/engine/transports/ssh/certificate.js';
import { haveSshd, makeKey, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { Bench, NEVER, sshHost } from '../hosts.js';

const NOW = Date.parse('2030-06-01T00:00:00Z');

describe('host certificates', function () {
  this.timeout(60_000);
  const bench = new Bench();
  const types = ['ed25519', 'ecdsa', 'rsa'] as const;
  const file = (name: string): string => join(bench.directory, name);
  const blob = (line: string): Buffer => Buffer.from(line.split(' ')[1] ?? '', 'base64');
  const publicKey = (name: string): string =>
    readFileSync(`${file(name)}.pub`, 'utf8')
      .trim()
      .split(' ')
      .slice(0, 2)
      .join(' ');
  /** Signs the key of a host with `ssh-keygen`. */
  const sign = (authority: string, host: string, ...options: readonly string[]): Buffer => {
    execFileSync('ssh-keygen', ['-q', '-s', file(authority), '-I', 'the host', ...options, `${file(host)}.pub`]);
    return blob(readFileSync(`${file(host)}-cert.pub`, 'utf8'));
  };
  const FOR_HOST = ['-h', '-n', 'web.example.com,*.lan,127.0.0.1', '-V', '20300101000000Z:20310101000000Z'];
  const trouble = (certificate: Buffer, more: { address?: string; key?: string; now?: number } = {}): string | undefined =>
    troubleWithCertificate(
      parseCertificate(certificate),
      {
        key: blob(publicKey(more.key ?? 'host-ed25519')),
        address: more.address ?? 'web.example.com',
        authorities: [blob(publicKey('ca-rsa')), blob(publicKey('ca-ed25519')), blob(publicKey('ca-ecdsa'))],
      },
      more.now ?? NOW,
    );

  before(function () {
    if (!haveSshd) this.skip();
    for (const type of types) {
      makeKey(file(`ca-${type}`), type);
      makeKey(file(`host-${type}`), type);
    }
    makeKey(file('stranger'));
  });
  after(() => bench.close());

  for (const authority of types) {
    for (const host of types) {
      it(`of ${host} keys by ${authority} authorities are proven`, () => {
        const certificate = sign(`ca-${authority}`, `host-${host}`, ...FOR_HOST);
        assert.equal(trouble(certificate, { key: `host-${host}` }), undefined);
      });
    }
  }

  it('are about their names only, in their time, for their key', () => {
    const certificate = sign('ca-ed25519', 'host-ed25519', ...FOR_HOST);
    assert.equal(trouble(certificate, { address: 'WEB.example.com' }), undefined);
    assert.equal(trouble(certificate, { address: 'x.lan' }), undefined);
    assert.match(trouble(certificate, { address: 'db.example.com' }) ?? '', /not about the name/);
    assert.match(trouble(certificate, { key: 'stranger' }) ?? '', /another key/);
    assert.match(trouble(certificate, { now: Date.parse('2029-01-01') }) ?? '', /not valid yet/);
    assert.match(trouble(certificate, { now: Date.parse('2031-01-01T00:00:00Z') }) ?? '', /expired/);
  });

  it('of others prove nothing', () => {
    assert.match(trouble(sign('stranger', 'host-ed25519', ...FOR_HOST)) ?? '', /authority that is not known/);
    assert.match(trouble(sign('ca-ed25519', 'host-ed25519', ...FOR_HOST.slice(1))) ?? '', /not about a host/);
    assert.match(trouble(sign('ca-ed25519', 'host-ed25519', '-h')) ?? '', /not about the name/);
    assert.match(trouble(sign('ca-rsa', 'host-ed25519', '-t', 'ssh-rsa', ...FOR_HOST)) ?? '', /wrong signature/);
  });

  it('with conditions that nobody here knows prove nothing', () => {
    const certificate = sign('ca-ed25519', 'host-ed25519', ...FOR_HOST, '-O', 'critical:only-at-night@example.com=yes');
    assert.match(trouble(certificate) ?? '', /conditions that are not known/);
  });

  it('that were not asked for, or cannot be checked, are told from those that are wrong', async () => {
    const whole = parseCertificate(sign('ca-ed25519', 'host-ed25519', '-h', '-n', 'web.example.com'));
    const judged = (certificate: Certificate | undefined): Promise<string> =>
      judgeHostKey(
        whole.key,
        {
          host: 'web_1',
          address: 'web.example.com',
          port: 22,
          known: parseKnownHosts(`# ours\n@cert-authority *.example.com ${publicKey('ca-ed25519')}`, 'our_hosts'),
          certificate,
          required: undefined,
          seen: undefined,
        },
        { knownHosts: [], identities: [], trustUnknownKey: () => assert.fail('asked'), askSecret: () => assert.fail('asked') },
      );
    assert.match(await judged(whole), /^SHA256:/);
    const refused = (message: RegExp): object => ({ reason: 'host_key', message });
    await assert.rejects(judged(undefined), refused(/authority in line 2 of our_hosts, but it was not asked for a certificate/));
    await assert.rejects(judged({ ...whole, signature: wireString('x') }), refused(/its certificate cannot be checked: it ends too early/));
  });

  it('with one bit turned prove nothing, wherever it is', () => {
    const certificate = sign('ca-ed25519', 'host-ed25519', ...FOR_HOST);
    for (let at = 0; at < certificate.length; at++) {
      const bent = Buffer.from(certificate);
      bent[at] = (bent[at] ?? 0) ^ (1 << (at % 8));
      let proven: boolean;
      try {
        proven = trouble(bent) === undefined;
      } catch {
        proven = false;
      }
      assert.equal(proven, false, `byte ${String(at)}`);
    }
  });

  it('cut short are refused', () => {
    const certificate = sign('ca-ecdsa', 'host-ecdsa', ...FOR_HOST);
    for (let length = 0; length < certificate.length; length++) assert.throws(() => parseCertificate(certificate.subarray(0, length)));
    assert.throws(() => parseCertificate(Buffer.concat([certificate, Buffer.of(0)])));
  });

  describe('of a real server', () => {
    let server: Sshd;
    const port = (): string => String(server.port);
    const names = (known: string): string => `@cert-authority [127.0.0.1]:${port()} ${known}\n`;
    const connect = (known: string): Promise<unknown> =>
      bench.connections([], known, { identities: [server.identity] }).to(sshHost('web_1', server), NEVER);

    /** Signs its key, and starts it. */
    const started = async (authority: string, ...options: readonly string[]): Promise<void> => {
      makeKey(file('served'));
      sign(authority, 'served', ...options);
      server = await startSshd({ config: [`HostKey ${file('served')}`, `HostCertificate ${file('served')}-cert.pub`] });
    };
    afterEach(async () => {
      await server.stop();
      for (const name of ['served', 'served.pub', 'served-cert.pub']) rmSync(file(name), { force: true });
    });

    it('are enough to trust it, directly and through a jump host', async () => {
      await started('ca-ecdsa', '-h', '-n', '127.0.0.1');
      await connect(names(publicKey('ca-ecdsa')));
      const jump = await startSshd();
      try {
        const hosts = [sshHost('bastion', jump), sshHost('web_1', server, { jump: 'bastion' })] as const;
        const identities = [server.identity, jump.identity];
        await bench.connections(hosts, jump.knownHost + names(publicKey('ca-ecdsa')), { identities }).to(hosts[1], NEVER);
      } finally {
        await jump.stop();
      }
    });

    it('are not enough under another name, or from another authority', async () => {
      await started('ca-ed25519', '-h', '-n', 'web.example.com');
      await assert.rejects(connect(names(publicKey('ca-ed25519'))), {
        reason: 'host_key',
        message: /its certificate is not about the name/,
      });
      await assert.rejects(connect(names(publicKey('ca-rsa'))), { reason: 'host_key', message: /authority that is not known/ });
    });

    it('are not enough when the key or the authority is revoked, or another key is on record', async () => {
      await started('ca-ed25519', '-h', '-n', '127.0.0.1');
      const authority = publicKey('ca-ed25519');
      await connect(names(authority));
      await assert.rejects(connect(`${names(authority)}@revoked * ${publicKey('served')}\n`), { reason: 'host_key', message: /revoked/ });
      await assert.rejects(connect(`${names(authority)}@revoked * ${authority}\n`), { reason: 'host_key', message: /not known/ });
      const other = `[127.0.0.1]:${port()} ${publicKey('stranger')}\n`;
      await assert.rejects(connect(names(authority) + other), { reason: 'host_key', message: /on record/ });
    });

    it('are missed where it has none', async () => {
      makeKey(file('served'));
      server = await startSshd({ config: [`HostKey ${file('served')}`] });
      await assert.rejects(connect(names(publicKey('ca-rsa'))), { reason: 'host_key', message: /there is no certificate: it has none/ });
    });

    it('do not help against revoked keys in the list of the user', async () => {
      await started('ca-ed25519', '-h', '-n', '127.0.0.1');
      const home = file('home');
      execFileSync('mkdir', ['-p', join(home, '.ssh')]);
      const list = file('revoked');
      writeFileSync(join(home, '.ssh/config'), `Host *\n RevokedHostKeys ${list}\n`);
      const before = process.env['HOME'];
      process.env['HOME'] = home;
      try {
        const attempt = (): Promise<unknown> =>
          bench
            .connections([], names(publicKey('ca-ed25519')), { identities: [server.identity], useConfig: true })
            .to(sshHost('web_1', server), NEVER);
        await assert.rejects(attempt(), { reason: 'host_key', message: /cannot be read/ });
        writeFileSync(list, `# none\n${publicKey('stranger')}\n`);
        await attempt();
        cpSync(`${file('served')}.pub`, list);
        await assert.rejects(attempt(), { reason: 'host_key', message: /revoked in/ });
        writeFileSync(list, Buffer.from('SSHKRL\n\0'));
        await assert.rejects(attempt(), { reason: 'host_key', message: /binary revocation list/ });
      } finally {
        process.env['HOME'] = before;
      }
    });
  });

  it('are not waited for when a server talks nonsense', async () => {
    const told = async (...pieces: readonly Buffer[]): Promise<string> => {
      const [ours, theirs] = [new PassThrough(), new PassThrough()];
      const stream = Duplex.from({ readable: theirs, writable: ours });
      ours.resume();
      const fetching = fetchCertificate(stream).then(
        () => 'it came',
        (error: unknown) => (error as Error).message,
      );
      for (const piece of pieces) {
        theirs.write(piece);
        await sleep(20);
      }
      setTimeout(() => theirs.end(), 100);
      return fetching;
    };
    const ident = Buffer.from('SSH-2.0-x\r\n');
    assert.equal(await told(), 'it closed the connection');
    assert.equal(await told(Buffer.alloc(200_000, 'x')), 'it talks without end');
    assert.equal(await told(ident, Buffer.alloc(100, 0xff)), 'it sends what is no SSH');
    assert.equal(await told(ident, Buffer.from('0000000c0a0100000000000000000000', 'hex')), 'it ended the connection');
    assert.equal(await told(ident, Buffer.from('0000000c0a1400000000000000000000', 'hex')), 'it ends too early');
    assert.equal(await told(...['wel', 'come\r\nSSH-2.0-x', '\r\n'].map((piece) => Buffer.from(piece))), 'it closed the connection');
    assert.equal(await told(ident, packet(Buffer.of(2)), packet(keyExchange('curve25519-sha256', 'ssh-rsa'))), 'it has none');
    const strange = packet(keyExchange('of-our-own@example.com', 'ssh-ed25519-cert-v01@openssh.com'));
    assert.equal(await told(ident, strange.subarray(0, 40), strange.subarray(40)), 'it offers no key exchange that is known');
  });

  it('are asked for on a connection of their own', async () => {
    let connects = 0;
    const server = createServer((socket) => {
      connects += 1;
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-x\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const at = { address: '127.0.0.1', port };
    await assert.rejects(bench.connections([], `@cert-authority * ${publicKey('ca-rsa')}\n`).to(sshHost('web_1', at), NEVER));
    assert.equal(connects, 2);
    server.close();
  });
});

/** A message in a packet that is not encrypted (RFC 4253, 6). */
function packet(payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + 5);
  head[4] = 4;
  return Buffer.concat([head, payload, Buffer.alloc(4)]);
}

/** What a server offers when the keys are exchanged (RFC 4253, 7.1), as far as it matters here. */
function keyExchange(exchange: string, hostKey: string): Buffer {
  return Buffer.concat([Buffer.of(20), Buffer.alloc(16), wireString(exchange), wireString(hostKey)]);
}
