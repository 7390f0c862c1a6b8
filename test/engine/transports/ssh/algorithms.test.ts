import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startScriptedServer } from '../../../support/sshServer.js';
import { Bench, NEVER, sshHost } from '../hosts.js';

/** The lists of a KEXINIT message (RFC 4253, 7.1), in its order. */
const LISTS = ['kex', 'hostKey', 'cipherUp', 'cipherDown', 'macUp', 'macDown', 'compressUp', 'compressDown'] as const;

describe('what is offered to SSH servers', () => {
  const bench = new Bench();
  after(() => bench.close());

  it('is this, and nothing weaker', async () => {
    let heard = Buffer.alloc(0);
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('SSH-2.0-x\r\n');
      socket.on('data', (bytes: Buffer) => {
        heard = Buffer.concat([heard, bytes]);
        const start = heard.indexOf('\r\n') + 2;
        if (start > 1 && heard.length >= start + 4 + heard.readUInt32BE(start)) socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await assert.rejects(bench.connections([], '').to(sshHost('web_1', { address: '127.0.0.1', port }), NEVER));
    server.close();
    let at = heard.indexOf('\r\n') + 2 + 5 + 1 + 16;
    const offered = Object.fromEntries(
      LISTS.map((list) => {
        const length = heard.readUInt32BE(at);
        const names = heard.toString('latin1', at + 4, at + 4 + length).split(',');
        at += 4 + length;
        return [list, names];
      }),
    );
    const cipher = ['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr', 'aes192-ctr', 'aes128-ctr'];
    const mac = ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'];
    assert.deepEqual(offered, {
      kex: [
        'curve25519-sha256',
        'curve25519-sha256@libssh.org',
        'ecdh-sha2-nistp256',
        'ecdh-sha2-nistp384',
        'ecdh-sha2-nistp521',
        'diffie-hellman-group-exchange-sha256',
        'diffie-hellman-group16-sha512',
        'diffie-hellman-group18-sha512',
        'diffie-hellman-group14-sha256',
        'ext-info-c',
        'kex-strict-c-v00@openssh.com',
      ],
      hostKey: ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'rsa-sha2-512', 'rsa-sha2-256'],
      cipherUp: cipher,
      cipherDown: cipher,
      macUp: mac,
      macDown: mac,
      compressUp: ['none'],
      compressDown: ['none'],
    });
  });

  for (const [name, algorithms] of [
    ['a cipher in CBC mode', { cipher: ['aes256-cbc'] }],
    ['ChaCha20', { cipher: ['chacha20-poly1305@openssh.com'] }],
    ['an exchange with SHA-1', { kex: ['diffie-hellman-group14-sha1'] }],
    ['a small group', { kex: ['diffie-hellman-group1-sha1'] }],
    ['a checksum with MD5', { hmac: ['hmac-md5'], cipher: ['aes256-ctr'] }],
  ] as const) {
    it(`refuses a server that knows only ${name}`, async () => {
      const weak = await startScriptedServer({ config: { algorithms: algorithms as object } });
      try {
        await assert.rejects(bench.connections([], weak.knownHost).to(sshHost('old', weak), NEVER), {
          reason: 'connection_refused',
          message: /offers only SSH algorithms that are no longer safe/,
        });
        assert.equal(weak.logins, 0);
      } finally {
        await weak.stop();
      }
    });
  }
});
