import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isSignedBy } from '../../../../src/engine/transports/ssh/signature.js';
import { wireString } from '../../../../src/engine/transports/ssh/wire.js';

const DATA = Buffer.from('what is signed');

/** A key or a signature in wire form. */
function wire(...fields: readonly (Buffer | string)[]): Buffer {
  return Buffer.concat(fields.map(wireString));
}

function field(key: KeyObject, name: 'n' | 'e' | 'x' | 'y'): Buffer {
  return Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url');
}

describe('signatures in wire form', () => {
  const rsa = (bits: number): { key: Buffer; signed: (algorithm: string, hash: string) => Buffer } => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
    return {
      key: wire('ssh-rsa', field(publicKey, 'e'), Buffer.concat([Buffer.of(0), field(publicKey, 'n')])),
      signed: (algorithm, hash) => wire(algorithm, sign(hash, DATA, privateKey)),
    };
  };

  it('of RSA keys prove with SHA-2 and a long key only', () => {
    const { key, signed } = rsa(2048);
    assert.equal(isSignedBy(key, DATA, signed('rsa-sha2-256', 'sha256')), true);
    assert.equal(isSignedBy(key, DATA, signed('rsa-sha2-512', 'sha512')), true);
    assert.equal(isSignedBy(key, Buffer.from('something else'), signed('rsa-sha2-512', 'sha512')), false);
    assert.equal(isSignedBy(key, DATA, signed('ssh-rsa', 'sha1')), false, 'SHA-1');
    const short = rsa(1024);
    assert.equal(isSignedBy(short.key, DATA, short.signed('rsa-sha2-256', 'sha256')), false, 'a short key');
  });

  it('of keys of another kind, or under the name of another, prove nothing', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const value = sign(null, DATA, privateKey);
    const key = wire('ssh-ed25519', field(publicKey, 'x'));
    assert.equal(isSignedBy(key, DATA, wire('ssh-ed25519', value)), true);
    assert.equal(isSignedBy(key, DATA, wire('rsa-sha2-512', value)), false);
    assert.equal(isSignedBy(wire('ssh-dss', 'p', 'q', 'g', 'y'), DATA, wire('ssh-dss', value)), false);
    assert.equal(isSignedBy(wire('ecdsa-sha2-nistp192', 'nistp192', 'Q'), DATA, wire('ecdsa-sha2-nistp192', value)), false);
  });

  it('of ECDSA keys need a whole point and numbers of the right size', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const [type, curve] = ['ecdsa-sha2-nistp256', 'nistp256'];
    const [x, y] = [field(publicKey, 'x'), field(publicKey, 'y')];
    const both = sign('sha256', DATA, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    // Positive numbers, whatever their first bit (RFC 4251, 5).
    const [r, s] = [both.subarray(0, 32), both.subarray(32)].map((number) => Buffer.concat([Buffer.of(0), number])) as [Buffer, Buffer];
    const signature = wire(type, wire(r, s));
    assert.equal(isSignedBy(wire(type, curve, Buffer.concat([Buffer.of(4), x, y])), DATA, signature), true);
    const compressed = Buffer.concat([Buffer.of(2 + ((y.at(-1) ?? 0) & 1)), x]);
    assert.equal(isSignedBy(wire(type, curve, compressed), DATA, signature), false);
    assert.equal(isSignedBy(wire(type, curve, Buffer.concat([Buffer.of(4), x])), DATA, signature), false);
    const large = wire(type, wire(Buffer.alloc(33, 1), s));
    assert.throws(() => isSignedBy(wire(type, curve, Buffer.concat([Buffer.of(4), x, y])), DATA, large), /too large/);
  });
});
