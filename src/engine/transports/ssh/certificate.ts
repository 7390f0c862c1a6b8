import { matchesPattern } from './knownHosts.js';
import { isSignedBy } from './signature.js';
import { WireReader, wireString } from './wire.js';

const CERTIFICATE = '-cert-v01@openssh.com';
const USER = 1;
const HOST = 2;
/** Fields of the key in a certificate, by type. */
const KEY_FIELDS: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'ssh-rsa': 2,
};

/** A certificate of a host or a user (PROTOCOL.certkeys of OpenSSH). */
export interface Certificate {
  /** The key it is about, in wire form, and its type. */
  readonly key: Buffer;
  readonly keyType: string;
  /** 1 for a user, 2 for a host. */
  readonly kind: number;
  readonly principals: readonly string[];
  /** Seconds since 1970. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  readonly criticalOptions: Buffer;
  /** Key of the authority, in wire form. */
  readonly authority: Buffer;
  /** What is signed, and the signature. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** Reads a certificate in wire form. Throws an Error on bytes that are none. */
export function parseCertificate(bytes: Buffer): Certificate {
  const reader = new WireReader(bytes);
  const type = reader.text();
  const keyType = type.endsWith(CERTIFICATE) ? type.slice(0, -CERTIFICATE.length) : '';
  const fields = KEY_FIELDS[keyType];
  if (fields === undefined) throw new Error('it is no certificate of a kind that is known');
  reader.string();
  const key = [wireString(keyType)];
  for (let field = 0; field < fields; field++) key.push(wireString(reader.string()));
  reader.uint64();
  const kind = reader.uint32();
  reader.string();
  const principals: string[] = [];
  for (const list = new WireReader(reader.string()); !list.done;) principals.push(list.text());
  const validAfter = reader.uint64();
  const validBefore = reader.uint64();
  const criticalOptions = reader.string();
  reader.string();
  reader.string();
  const authority = reader.string();
  const signed = bytes.subarray(0, reader.position);
  const signature = reader.string();
  if (!reader.done) throw new Error('something stands behind it');
  return { key: Buffer.concat(key), keyType, kind, principals, validAfter, validBefore, criticalOptions, authority, signed, signature };
}

/** Why a certificate does not prove that a key is that of a host, as the end of a sentence; undefined when it does. `now` in milliseconds. */
export function troubleWithCertificate(
  certificate: Certificate,
  subject: { readonly key: Buffer; readonly address: string; readonly authorities: readonly Buffer[] },
  now: number,
): string | undefined {
  const { authority, key, kind, principals, validAfter, validBefore, criticalOptions, signed, signature } = certificate;
  const seconds = BigInt(Math.floor(now / 1000));
  const name = subject.address.toLowerCase();
  if (!subject.authorities.some((known) => known.equals(authority))) return 'is signed by an authority that is not known for it';
  if (!isSignedBy(authority, signed, signature)) return 'has a wrong signature';
  if (kind !== HOST) return 'is not about a host';
  if (!key.equals(subject.key)) return 'is about another key than the host shows';
  if (seconds < validAfter) return 'is not valid yet';
  if (seconds >= validBefore) return 'has expired';
  // OpenSSH takes a certificate without names for any host; that is more than anybody means.
  if (!principals.some((principal) => matchesPattern(name, principal.toLowerCase()))) return `is not about the name ${name}`;
  if (criticalOptions.length > 0) return 'has conditions that are not known';
  return undefined;
}

/** Whether a certificate is about a user, and valid now. Whom it lets in, and whether it is signed right, the server decides. */
export function isForUser({ kind, validAfter, validBefore }: Certificate, now: number): boolean {
  const seconds = BigInt(Math.floor(now / 1000));
  return kind === USER && seconds >= validAfter && seconds < validBefore;
}
