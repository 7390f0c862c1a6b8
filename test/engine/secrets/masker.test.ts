import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spellings } from '../../../src/engine/secrets/encodings.js';
import { Masker } from '../../../src/engine/secrets/masker.js';

const SECRETS = [
  's3cr3t-Pa55',
  `it's "a" <b> & $c\\d/é`,
  '  padded value ',
  '-----BEGIN KEY-----\nMIIEabcdefgh\nijklmnop==\n-----END KEY-----\n',
  'päßwörd✓😀',
];

function maskerOf(...secrets: readonly string[]): Masker {
  const masker = new Masker();
  for (const [index, secret] of secrets.entries()) assert.equal(masker.register(`s${String(index)}`, secret), 'masked');
  return masker;
}

function streamed(masker: Masker, chunks: readonly Uint8Array[], end: 'cut' | 'whole' = 'whole'): string {
  const stream = masker.stream();
  return Buffer.concat([...chunks.map((chunk) => stream.push(chunk)), stream.flush(end)]).toString('latin1');
}

function encodings(secret: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(secret);
  const shifted = (before: number): string => Buffer.concat([Buffer.alloc(before, 'xyz'), bytes, Buffer.from('tail')]).toString('base64');
  return {
    raw: secret,
    trimmed: secret.trim(),
    crlf: secret.replaceAll('\n', '\r\n'),
    json: JSON.stringify(secret),
    jsonTwice: JSON.stringify(JSON.stringify(secret)),
    url: encodeURIComponent(secret),
    form: new URLSearchParams({ v: secret }).toString(),
    xml: secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
    shell: `'${secret.replaceAll("'", `'\\''`)}'`,
    base64: bytes.toString('base64'),
    base64At1: shifted(1),
    base64At2: shifted(2),
    base64At3: shifted(3),
    base64url: bytes.toString('base64url'),
    hex: bytes.toString('hex'),
    hexUpper: bytes.toString('hex').toUpperCase(),
    utf16: Buffer.from(secret, 'utf16le').toString('latin1'),
  };
}

/** No run of this many bytes of an encoded secret may be seen. Base64 shares its first and last character with its neighbours. */
const SEEN = 5;

function assertUnseen(masked: string, encoded: Buffer, what: string): void {
  const text = encoded.toString('latin1');
  for (let at = 0; at + SEEN <= text.length; at++) {
    const piece = text.slice(at, at + SEEN);
    assert.ok(!masked.includes(piece), `${what}: ${JSON.stringify(piece)} is seen in ${JSON.stringify(masked)}`);
  }
}

describe('masker', () => {
  for (const secret of SECRETS) {
    for (const [name, encoded] of Object.entries(encodings(secret))) {
      it(`masks ${JSON.stringify(secret.slice(0, 14))} as ${name}, split anywhere`, () => {
        const masker = maskerOf(secret);
        const core = Buffer.from(encoded, name === 'utf16' ? 'latin1' : 'utf8');
        const line = Buffer.concat([Buffer.from('#### '), core, Buffer.from(' ####\n')]);
        const whole = streamed(masker, [line]);
        if (name !== 'form' && !name.startsWith('base64At')) assertUnseen(whole, core, name);
        assert.ok(whole.includes('***'), whole);
        assert.ok(whole.startsWith('#### ') && whole.endsWith(' ####\n'), whole);
        for (let split = 0; split <= line.length; split++) {
          assert.equal(streamed(masker, [line.subarray(0, split), line.subarray(split)]), whole, `split at ${String(split)}`);
        }
        assert.equal(
          streamed(
            masker,
            [...line].map((byte) => Uint8Array.of(byte)),
          ),
          whole,
          'byte by byte',
        );
      });
    }
  }

  it('leaves no more of shifted base64 than its shared ends', () => {
    const secret = 'correct horse battery';
    for (const before of [0, 1, 2, 3, 4]) {
      const encoded = Buffer.concat([Buffer.alloc(before, 'q'), Buffer.from(secret), Buffer.from('rest of it')]).toString('base64');
      const masked = maskerOf(secret).maskText(encoded);
      const kept = masked.replace('***', '').length;
      assert.ok(kept <= encoded.length - Math.floor((secret.length * 8) / 6) + 2, masked);
    }
  });

  it('masks base64 that a tool broke into lines', () => {
    const secret = 'k'.repeat(20) + 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(4);
    const broken = (
      Buffer.from(secret)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n');
    assert.match(maskerOf(secret).maskText(broken), /^(\*\*\*\n)+\*\*\*$/);
  });

  it('masks overlapping, nested and touching secrets as one', () => {
    const masker = maskerOf('abcdef', 'defghi', 'cdef', 'bcdefghijkl');
    assert.equal(masker.maskText('-abcdefghi-'), '-***-');
    assert.equal(masker.maskText('-abcdefghijkl-'), '-***-');
    assert.equal(masker.maskText('-abcdefabcdef-'), '-***-');
    assert.equal(masker.maskText('-xbcdefghijx-'), '-xb***jx-');
  });

  it('masks the same whatever the chunks are', () => {
    const alphabet = fc.constantFrom('a', 'b', 'c');
    const secret = fc.string({ unit: alphabet, minLength: 4, maxLength: 7 });
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.string({ unit: alphabet, maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (secrets, text, cuts) => {
          const masker = maskerOf(...secrets);
          const bytes = Buffer.from(text);
          const at = [0, ...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b), bytes.length];
          const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
          assert.equal(streamed(masker, chunks), naive(text, secrets));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('holds back only what may begin a secret', () => {
    const stream = maskerOf('s3cret').stream();
    assert.equal(stream.push(Buffer.from('ready s3c')).toString(), 'ready ');
    assert.equal(stream.push(Buffer.from('ond')).toString(), 's3cond');
    assert.equal(stream.flush('cut').toString(), '');
  });

  it('masks the beginning of a secret at a broken end, but not in a whole text', () => {
    const masker = maskerOf('s3cret-value');
    assert.equal(streamed(masker, [Buffer.from('it is s3cret-v')], 'cut'), 'it is ***');
    assert.equal(streamed(masker, [Buffer.from('it is s')], 'cut'), 'it is s');
    assert.equal(masker.maskText('it is s3cret'), 'it is s3cret');
  });

  it('shows what waits in a pause, and still masks a secret that goes on after it', () => {
    const secret = 's3cret-value';
    const masker = maskerOf(secret);
    for (let split = 0; split <= secret.length; split++) {
      const stream = masker.stream();
      const seen = [stream.push(Buffer.from(`it is ${secret.slice(0, split)}`)), stream.settle(), stream.settle()];
      seen.push(stream.push(Buffer.from(`${secret.slice(split)} and on`)), stream.settle(), stream.flush('cut'));
      assert.equal(Buffer.concat(seen).toString(), split === 1 ? 'it is s*** and on' : 'it is *** and on');
    }
    const prompt = masker.stream();
    assert.equal(Buffer.concat([prompt.push(Buffer.from('Keys')), prompt.settle()]).toString(), 'Keys');
  });

  it('masks a secret that becomes known while the stream runs', () => {
    const masker = maskerOf('first-secret');
    const stream = masker.stream();
    const seen = [stream.push(Buffer.from('one first-sec'))];
    masker.register('late', 'second-secret');
    seen.push(stream.push(Buffer.from('ret two second-')), stream.push(Buffer.from('secret three')), stream.flush('cut'));
    assert.equal(Buffer.concat(seen).toString(), 'one *** two *** three');
  });

  it('refuses what is too short to be masked', () => {
    const masker = new Masker();
    for (const value of ['', 'a', '{', 'abc', '  ab  ']) assert.equal(masker.register('s', value), 'too_short');
    assert.equal(masker.maskText('a { abc'), 'a { abc');
  });

  it('passes bytes that are no text through', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x28, 0xf0, 0x9f]);
    assert.equal(streamed(maskerOf('s3cret'), [bytes]), bytes.toString('latin1'));
  });

  it('masks plain JSON, numbers too, and keeps the words it is told to', () => {
    const masker = maskerOf('hunter22', '12345678', 'failed');
    assert.deepEqual(
      masker.maskDeep({ type: 'failed', list: ['a hunter22', 12345678, 5, true, null], deep: { type: 'failed' } }, ['type']),
      {
        type: 'failed',
        list: ['a ***', '***', 5, true, null],
        deep: { type: '***' },
      },
    );
  });

  it('leaves ordinary text alone', () => {
    const masker = maskerOf(...SECRETS);
    const text = 'Reading package lists... Done\nBuilding dependency tree 100% [====] {"status":"ok"}\n'.repeat(50);
    assert.equal(masker.maskText(text), text);
  });

  it('knows many spellings of one secret', () => {
    assert.ok(spellings(SECRETS[1] as string).length >= 20);
  });
});

/** The slow and obvious way: every byte of every occurrence of every spelling. */
function naive(text: string, secrets: readonly string[]): string {
  const secret = new Array<boolean>(text.length).fill(false);
  for (const pattern of secrets.flatMap((value) => spellings(value)).map((bytes) => bytes.toString('latin1'))) {
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) secret.fill(true, at, at + pattern.length);
  }
  return [...text].map((character, index) => (!secret[index] ? character : secret[index - 1] === true ? '' : '***')).join('');
}
