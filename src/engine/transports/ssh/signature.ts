import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { WireReader } from './wire.js';

const CURVES: Readonly<Record<string, { readonly crv: string; readonly bytes: number; readonly hash: string }>> = {
  nistp256: { crv: 'P-256', bytes: 32, hash: 'sha256' },
  nistp384: { crv: 'P-384', bytes: 48, hash: 'sha384' },
  nistp521: { crv: 'P-521', bytes: 66, hash: 'sha512' },
};
const RSA_HASHES: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' };
const LEAST_RSA_BITS = 2048;

/**
 * Whether a signature in wire form (RFC 4253, 6.6; RFC 5656; RFC 8332; RFC 8709) was made with the private half of a key. SHA-1, DSA and
 * short RSA keys prove nothing. Throws an Error on bytes that are no key or no signature.
 */
export function isSignedBy(key: Buffer, data: Buffer, signature: Buffer): boolean {
  const reader = new WireReader(signature);
  const algorithm = reader.text();
  const value = reader.string();
  const keyReader = new WireReader(key);
  const type = keyReader.text();
  if (type === 'ssh-ed25519') {
    return algorithm === type && verify(null, data, jwk({ kty: 'OKP', crv: 'Ed25519', x: base64url(keyReader.string()) }), value);
  }
  if (type === 'ssh-rsa') {
    const hash = RSA_HASHES[algorithm];
    const e = keyReader.string();
    const n = keyReader.string();
    const object = jwk({ kty: 'RSA', e: base64url(unsigned(e)), n: base64url(unsigned(n)) });
    return hash !== undefined && Number(object.asymmetricKeyDetails?.modulusLength) >= LEAST_RSA_BITS && verify(hash, data, object, value);
  }
  const curve = type.startsWith('ecdsa-sha2-') ? CURVES[keyReader.text()] : undefined;
  if (curve === undefined || algorithm !== type) return false;
  const point = keyReader.string();
  if (point[0] !== 4 || point.length !== 1 + 2 * curve.bytes) return false;
  const [x, y] = [point.subarray(1, 1 + curve.bytes), point.subarray(1 + curve.bytes)];
  const object = jwk({ kty: 'EC', crv: curve.crv, x: base64url(x), y: base64url(y) });
  const parts = new WireReader(value);
  const rs = Buffer.concat([padded(parts.string(), curve.bytes), padded(parts.string(), curve.bytes)]);
  return verify(curve.hash, data, { key: object, dsaEncoding: 'ieee-p1363' }, rs);
}

function jwk(key: Readonly<Record<string, string>>): KeyObject {
  return createPublicKey({ key, format: 'jwk' });
}

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url');
}

/** A large number without the zero byte that says it is not negative. */
function unsigned(bytes: Buffer): Buffer {
  return bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

function padded(bytes: Buffer, length: number): Buffer {
  const plain = unsigned(bytes);
  if (plain.length > length) throw new Error('a number is too large');
  return Buffer.concat([Buffer.alloc(length - plain.length), plain]);
}
