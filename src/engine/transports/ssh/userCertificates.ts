import { readFile } from 'node:fs/promises';
import type { Client, ParsedKey } from 'ssh2';
import { isForUser, parseCertificate } from './certificate.js';
import { wireString } from './wire.js';

const USERAUTH_REQUEST = 50;
/** How a server is told to take a signature, by type of the key. RSA keys sign with SHA-2 (RFC 8332). */
const RSA = { algorithm: 'rsa-sha2-512', hash: 'sha512' } as const;

/** A user certificate, and the key it is about. */
export interface UserCertificate {
  readonly file: string;
  /** In wire form. */
  readonly bytes: Buffer;
  readonly key: Buffer;
}

/** Reads the certificates next to key files (`KEY-cert.pub`) and others that are named. Those out of their time are left out. */
export async function readUserCertificates(identities: readonly string[], others: readonly string[]): Promise<UserCertificate[]> {
  const files = [...identities.map((file) => `${file}-cert.pub`), ...others];
  const found = await Promise.all(
    files.map(async (file): Promise<UserCertificate | undefined> => {
      try {
        const bytes = Buffer.from((await readFile(file, 'utf8')).trim().split(/[ \t]+/)[1] ?? '', 'base64');
        const certificate = parseCertificate(bytes);
        return isForUser(certificate, Date.now()) ? { file, bytes, key: certificate.key } : undefined;
      } catch {
        return undefined;
      }
    }),
  );
  return found.filter((certificate) => certificate !== undefined);
}

const certificates = new WeakMap<ParsedKey, { readonly plain: ParsedKey; readonly bytes: Buffer }>();

/** The key with its certificate, to be offered in place of the key by a client that was taught to ({@link teachCertificates}). */
export function certified(plain: ParsedKey, certificate: UserCertificate): ParsedKey {
  const key = Object.create(plain, {
    type: { value: `${plain.type}-cert-v01@openssh.com` },
    getPublicSSH: { value: () => certificate.bytes },
    sign: { value: (data: Buffer) => (plain.type === 'ssh-rsa' ? plain.sign(data, RSA.hash) : plain.sign(data)) },
  }) as ParsedKey;
  certificates.set(key, { plain, bytes: certificate.bytes });
  return key;
}

/** The key itself, and the hash it is to sign with, of a key with a certificate; undefined for any other key. */
export function plainOf(key: ParsedKey): { readonly key: ParsedKey; readonly hash: 'sha512' | undefined } | undefined {
  const known = certificates.get(key);
  return known === undefined ? undefined : { key: known.plain, hash: known.plain.type === 'ssh-rsa' ? RSA.hash : undefined };
}

type Sign = (data: Buffer, done: (signature: Buffer) => void) => void;

/** What the library has inside, as far as it is used here. */
interface Protocol {
  authPK(user: string, key: ParsedKey, algorithm: string | undefined, sign?: Sign): void;
  readonly _authsQueue: string[];
  readonly _kex: { readonly sessionID: Buffer };
  readonly _packetRW: { readonly write: { readonly allocStart: number; alloc(length: number): Buffer; finalize(packet: Buffer): Buffer } };
  readonly _cipher: { encrypt(packet: Buffer): void };
}

/**
 * Lets a client offer certificates, once it has been told to connect. The library knows none: it would name the signature after the
 * certificate, where servers want the name of the key (PROTOCOL.certkeys of OpenSSH).
 */
export function teachCertificates(client: Client): void {
  const protocol = Reflect.get(client, '_protocol') as Protocol;
  const untaught = protocol.authPK.bind(protocol);
  protocol.authPK = (user, key, algorithm, sign) => {
    const known = certificates.get(key);
    if (known === undefined) {
      untaught(user, key, algorithm, sign);
      return;
    }
    const plainAlgorithm = known.plain.type === 'ssh-rsa' ? RSA.algorithm : known.plain.type;
    const request = Buffer.concat([
      Buffer.of(USERAUTH_REQUEST),
      ...[user, 'ssh-connection', 'publickey'].map(wireString),
      Buffer.of(sign === undefined ? 0 : 1),
      wireString(`${plainAlgorithm}-cert-v01@openssh.com`),
      wireString(known.bytes),
    ]);
    const send = (payload: Buffer): void => {
      protocol._authsQueue.push('publickey');
      const { write } = protocol._packetRW;
      const packet = write.alloc(payload.length);
      packet.set(payload, write.allocStart);
      protocol._cipher.encrypt(write.finalize(packet));
    };
    if (sign === undefined) {
      send(request);
      return;
    }
    sign(Buffer.concat([wireString(protocol._kex.sessionID), request]), (signature) => {
      const value = known.plain.type.startsWith('ecdsa-') ? numbersOf(signature) : signature;
      send(Buffer.concat([request, wireString(Buffer.concat([wireString(plainAlgorithm), wireString(value)]))]));
    });
  };
}

/** The two numbers of an ECDSA signature in wire form (RFC 5656, 3.1.2), from DER; what an agent gives is that already. */
function numbersOf(signature: Buffer): Buffer {
  if (signature[0] !== 0x30) return signature;
  let at = signature.readUInt8(1) > 0x80 ? 3 : 2;
  const number = (): Buffer => {
    const length = signature.readUInt8(at + 1);
    at += 2 + length;
    return wireString(signature.subarray(at - length, at));
  };
  return Buffer.concat([number(), number()]);
}
