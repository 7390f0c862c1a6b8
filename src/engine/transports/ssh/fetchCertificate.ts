import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { HOST_KEYS } from './algorithms.js';
import { WireReader, wireString } from './wire.js';

const DISCONNECT = 1;
const KEXINIT = 20;
const ECDH_INIT = 30;
const ECDH_REPLY = 31;
const MOST_BYTES = 128 * 1024;
const MOST_MS = 10_000;
const IDENT = 'SSH-2.0-RunbookStudio\r\n';

const EXCHANGES: Readonly<Record<string, () => Buffer>> = {
  'curve25519-sha256': x25519,
  'curve25519-sha256@libssh.org': x25519,
  'ecdh-sha2-nistp256': () => createECDH('prime256v1').generateKeys(),
  'ecdh-sha2-nistp384': () => createECDH('secp384r1').generateKeys(),
};
const CERTIFICATES = HOST_KEYS.map((type) => `${type}-cert-v01@openssh.com`);
const CIPHERS = ['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr', 'aes128-ctr'];
const MACS = ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'];

/**
 * Asks an SSH server for its host certificate, in wire form, over a stream of its own, which is closed afterwards. A certificate is a
 * public paper: what it says is proven by its signature, and that the server holds the key by the connection that is made with that key.
 * So this begins a key exchange and leaves when the certificate has come. Rejects with an Error that ends a sentence about the server.
 */
export function fetchCertificate(stream: Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let held = Buffer.alloc(0);
    let named = false;
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      stream.off('data', heard);
      stream.destroy();
      act();
    };
    const fail = (why: string): void => {
      finish(() => {
        reject(new Error(why));
      });
    };
    const timer = setTimeout(() => {
      fail('it did not answer');
    }, MOST_MS);
    const heard = (bytes: Buffer): void => {
      held = Buffer.concat([held, bytes]);
      if (held.length > MOST_BYTES) {
        fail('it talks without end');
        return;
      }
      try {
        if (!named) {
          const line = identEnd(held);
          if (line < 0) return;
          named = true;
          held = held.subarray(line);
        }
        for (let payload = next(); payload !== undefined; payload = next()) {
          const certificate = answer(stream, payload);
          if (certificate === undefined) continue;
          finish(() => {
            resolve(certificate);
          });
          return;
        }
      } catch (error) {
        fail((error as Error).message);
      }
    };
    /** Takes the next whole packet (RFC 4253, 6) off what is held. */
    const next = (): Buffer | undefined => {
      if (held.length < 5) return undefined;
      const length = held.readUInt32BE();
      const padding = held.readUInt8(4);
      if (length > MOST_BYTES || padding + 1 > length) throw new Error('it sends what is no SSH');
      if (held.length < 4 + length) return undefined;
      const payload = held.subarray(5, 4 + length - padding);
      held = held.subarray(4 + length);
      return payload;
    };
    stream.on('data', heard);
    for (const event of ['end', 'close', 'error'])
      stream.on(event, () => {
        fail('it closed the connection');
      });
    stream.write(IDENT);
    stream.write(packet(kexInit()));
  });
}

/** Where the line ends with which a server names itself, or -1. */
function identEnd(held: Buffer): number {
  const text = held.toString('latin1');
  const start = text.startsWith('SSH-') ? 0 : text.indexOf('\nSSH-');
  const end = start < 0 ? -1 : text.indexOf('\n', start + 1);
  return end < 0 ? -1 : end + 1;
}

/** Answers a message; returns the certificate when it is the one that brings it. */
function answer(stream: Duplex, payload: Buffer): Buffer | undefined {
  const reader = new WireReader(payload);
  const type = reader.take(1)[0];
  if (type === DISCONNECT) throw new Error('it ended the connection');
  if (type === ECDH_REPLY) return reader.string();
  if (type !== KEXINIT) return undefined;
  reader.take(16);
  const [exchanges, hostKeys] = [reader.names(), reader.names()];
  const exchange = Object.entries(EXCHANGES).find(([name]) => exchanges.includes(name));
  if (!CERTIFICATES.some((name) => hostKeys.includes(name))) throw new Error('it has none');
  if (exchange === undefined) throw new Error('it offers no key exchange that is known');
  const [, publicKey] = exchange;
  stream.write(packet(Buffer.concat([Buffer.of(ECDH_INIT), wireString(publicKey())])));
  return undefined;
}

function kexInit(): Buffer {
  const lists = [Object.keys(EXCHANGES), CERTIFICATES, CIPHERS, CIPHERS, MACS, MACS, ['none'], ['none'], [], []];
  return Buffer.concat([Buffer.of(KEXINIT), randomBytes(16), ...lists.map((names) => wireString(names.join(','))), Buffer.alloc(5)]);
}

/** A payload in a packet that is not encrypted (RFC 4253, 6). */
function packet(payload: Buffer): Buffer {
  const padding = 4 + ((8 - ((payload.length + 9) % 8)) % 8);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + padding + 1);
  head[4] = padding;
  return Buffer.concat([head, payload, randomBytes(padding)]);
}

function x25519(): Buffer {
  // The key itself is the end of its wrapping (RFC 8410, 4).
  return generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
}
