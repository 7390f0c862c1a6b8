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
  for (const secret of secrets) assert.notEqual(masker.register(secret), 'unusable');
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
    // The few characters of the last line say nothing, and stand in ordinary text.
    const ending = 'abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOPQRST-';
    assert.equal(maskerOf(ending).maskText(Buffer.from(ending).toString('base64')), '***');
    assert.equal(maskerOf(ending).maskText('Qw VC0 VC'), 'Qw VC0 VC');
  });

  it('masks overlapping, nested and touching secrets as one', () => {
    const masker = maskerOf('abcdef', 'defghi', 'cdef', 'bcdefghijkl');
    assert.equal(masker.maskText('-abcdefghi-'), '-***-');
    assert.equal(masker.maskText('-abcdefghijkl-'), '-***-');
    assert.equal(masker.maskText('-abcdefabcdef-'), '-***-');
    assert.equal(masker.maskText('-xbcdefghijx-'), '-xb***jx-');
    assert.equal(maskerOf('ccab', 'bccabaa').maskText('bccab'), 'b***', 'the beginning of a longer one is no secret when nothing follows');
  });

  it('masks the same whatever the chunks are', () => {
    const alphabet = fc.constantFrom('a', 'b', 'c');
    const secret = fc.string({ unit: alphabet, minLength: 4, maxLength: 7 }).filter((text) => new Set(text).size === 3);
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

  it('masks the rest of a secret whose beginning was let out in a pause before another one became known', () => {
    const masker = maskerOf('first-secret-value');
    const stream = masker.stream();
    const shown = [stream.push(Buffer.from('a first-sec')), stream.settle()];
    masker.register('another-secret');
    shown.push(stream.push(Buffer.from('ret-val')), stream.push(Buffer.from('ue b another-secret c')), stream.flush('whole'));
    assert.equal(Buffer.concat(shown).toString(), 'a *** b *** c');
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
    masker.register('second-secret');
    seen.push(stream.push(Buffer.from('ret two second-')), stream.push(Buffer.from('secret three')), stream.flush('cut'));
    assert.equal(Buffer.concat(seen).toString(), 'one *** two *** three');
  });

  it('goes on masking the secret it is in when another one becomes known', () => {
    const masker = new Masker();
    masker.register('correct-horse-battery');
    masker.register('battery-staple-wagon');
    const stream = masker.stream();
    // Its last word is held back, since the other secret may begin there.
    const out = [stream.push(Buffer.from('it is correct-horse-battery')), stream.push(Buffer.from('-st'))];
    masker.register('quite-another-thing');
    out.push(stream.push(Buffer.from(' it was')), stream.flush('whole'));
    assert.equal(Buffer.concat(out).toString(), 'it is ***-st it was');
  });

  it('refuses what is too short to be masked', () => {
    const masker = new Masker();
    for (const value of ['', 'a', '{', '""', 'true', 'NULL', 'abc', '  ab  ', 'aaaaaaaa', '0000'])
      assert.equal(masker.register(value), 'unusable', value);
    assert.equal(masker.maskText('a { abc "" true 0000'), 'a { abc "" true 0000');
  });

  it('passes bytes that are no text through', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x28, 0xf0, 0x9f]);
    assert.equal(streamed(maskerOf('s3cret'), [bytes]), bytes.toString('latin1'));
  });

  it('masks plain JSON, numbers too, and keeps the words it is told to', () => {
    const masker = maskerOf('hunter22', '12345678', 'aborting');
    assert.deepEqual(
      masker.maskDeep({ type: 'aborting', list: ['a hunter22', 12345678, 5, true, null], deep: { type: 'aborting' } }, ['type']),
      {
        type: 'aborting',
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

  it('masks a secret with escapes for the terminal in its midst, split anywhere', () => {
    const masker = maskerOf('hunter2-hunter2');
    const forms = [
      'hunter2-\u001b[01;31mhunter2\u001b[0m',
      'hun\u001b[Kter2\u001b]0;title\u0007-hun\u001bPa\u001bb\u001b\\ter\u001b(B2',
      '\u001b]0;hunter2-hunter2\u0007',
      'h\u001b[1mu\u001b[2mn\u001b[3mt\u001b[4me\u001b[5mr\u001b[6m2\u001b7-hunter2',
    ];
    for (const form of forms) {
      const line = Buffer.from(`is ${form} and \u001b[1mbold\u001b[0m`);
      const whole = streamed(masker, [line]);
      assert.doesNotMatch(whole, /hunter|ter2|u.*n.*t.*e.*r/s, whole);
      assert.ok(whole.startsWith('is ') && whole.endsWith(' and \u001b[1mbold\u001b[0m'), JSON.stringify(whole));
      for (let split = 0; split <= line.length; split++)
        assert.equal(streamed(masker, [line.subarray(0, split), line.subarray(split)]), whole, `split at ${String(split)}`);
      assert.equal(
        streamed(
          masker,
          [...line].map((byte) => Uint8Array.of(byte)),
        ),
        whole,
      );
    }
  });

  it('masks a secret that holds escapes itself, and one that goes on after a pause within an escape', () => {
    const masker = maskerOf('first\u001b[1mhalf-second');
    assert.equal(masker.maskText('is first\u001b[1mhalf-second, firsthalf-second'), 'is ***, ***');
    const stream = maskerOf('hunter2-hunter2').stream();
    const seen = [
      stream.push(Buffer.from('is hun\u001b[')),
      stream.settle(),
      stream.push(Buffer.from('1mter2-hunter2 on')),
      stream.flush('cut'),
    ];
    assert.equal(Buffer.concat(seen).toString(), 'is *** on');
    const pieces = maskerOf('hunter2-hunter2').stream();
    const shown = [pieces.push(Buffer.from('is hunt')), pieces.settle()];
    for (const piece of ['\u001b[1me', 'r2', '-hunter2 on']) shown.push(pieces.push(Buffer.from(piece)));
    assert.equal(Buffer.concat([...shown, pieces.flush('cut')]).toString(), 'is *** on');
  });

  it('masks the texts in a secret that is JSON', () => {
    const masker = maskerOf('{"user":"administrator","keys":["first-key-1","tiny"],"port":5432,"none":null}');
    assert.equal(masker.maskText('administrator has first-key-1, tiny and 5432'), '*** has ***, tiny and 5432');
    assert.equal(maskerOf('[not JSON at all').maskText('[not JSON at all'), '***');
  });

  it('masks bytes as programs write them that do not trust the terminal', () => {
    const masker = maskerOf('päßwörd-of-mine');
    for (const text of [
      'p\\303\\244\\303\\237w\\303\\266rd-of-mine',
      'p\\xc3\\xa4\\xc3\\x9fw\\xc3\\xb6rd-of-mine',
      'p\\u00E4\\u00DFw\\u00F6rd-of-mine',
    ])
      assert.equal(masker.maskText(`-${text}-`), '-***-', text);
  });

  it('masks what is doubled, escaped for other shells, or spelt out', () => {
    const secret = 'a"b%c$d{e}f&g';
    const forms = [
      'a""b%c$d{e}f&g',
      'a"b%%c$d{e}f&g',
      'a"b%c$$d{e}f&g',
      'a"b%c$d{{e}}f&g',
      'a"b%25c$d{e}f&g',
      'a^"b^%c$d{e}f^&g',
      'a`"b%c`$d{e}f&g',
    ];
    const hex = Buffer.from(secret).toString('hex').match(/../g) as string[];
    for (const form of [...forms, hex.join(':'), hex.join(' '), hex.join('-').toUpperCase(), 'a\\"b%c$d{e}f\\u0026g'])
      assert.equal(maskerOf(secret).maskText(`-${form}-`), '-***-', form);
  });

  it('takes secrets out of errors that nobody expected', () => {
    const masker = maskerOf('hunter2-hunter2');
    const error = new Error('no hunter2-hunter2 here');
    assert.equal(masker.maskError(error), error);
    assert.equal(error.message, 'no *** here');
    assert.doesNotMatch(error.stack ?? '', /hunter2/);
    const other = new Error('nothing');
    const { stack } = other;
    masker.maskError(other);
    assert.equal(other.stack, stack);
    const bare = new Error('with hunter2-hunter2');
    delete bare.stack;
    assert.equal((masker.maskError(bare) as Error).message, 'with ***');
    const hidden = new Error('nothing');
    hidden.stack = 'at hunter2-hunter2';
    assert.equal((masker.maskError(hidden) as Error).stack, 'at ***');
    assert.equal(masker.maskError('a hunter2-hunter2'), 'a ***');
    assert.equal(masker.maskError(5), 5);
  });

  it('lets everything through as long as it knows no secret', () => {
    const masker = new Masker();
    assert.equal(streamed(masker, [Buffer.from('one '), Buffer.from('two')]), 'one two');
    assert.deepEqual(masker.maskDeep({ a: 'b' }), { a: 'b' });
    const stream = masker.stream();
    const before = stream.push(Buffer.from('is hunter2'));
    masker.register('hunter2-hunter2');
    assert.equal(Buffer.concat([before, stream.push(Buffer.from(' hunter2-hunter2')), stream.flush('cut')]).toString(), 'is hunter2 ***');
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
