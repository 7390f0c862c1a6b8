import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MAX_DEPTH, MAX_KEYS, MAX_SCALARS } from '../../../src/language/parser/limits.js';
import { readPlainly } from '../../../src/language/parser/plainReader.js';
import { PLAIN_LIMITS, readCarefully, readSyntax } from '../../../src/language/parser/readSyntax.js';
import { changed, changes, yamlTexts } from './support/yamlTexts.js';

const root = join(import.meta.dirname, '../../..');

/** Whether a text was read plainly. If so, both ways of reading it must agree in every node, value and place, and find nothing wrong. */
function agrees(text: string): boolean {
  const node = readPlainly(text, PLAIN_LIMITS);
  if (node === undefined) return false;
  assert.deepEqual({ root: node, diagnostics: [], read: true, sound: true }, readCarefully(text));
  return true;
}

function yamlFilesUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}

describe('reading plainly', () => {
  it('agrees with the careful way on every example and fixture', () => {
    const files = [...yamlFilesUnder('examples'), ...yamlFilesUnder('test/fixtures'), ...yamlFilesUnder('lab')];
    const plain = files.filter((file) => agrees(readFileSync(join(root, file), 'utf8')));
    assert.ok(plain.length > 60 && plain.length > files.length * 0.7, `${String(plain.length)} of ${String(files.length)}`);
  });

  it('agrees on examples that were changed at random', () => {
    const texts = yamlFilesUnder('examples').map((file) => readFileSync(join(root, file), 'utf8'));
    let plain = 0;
    const part = fc
      .tuple(fc.constantFrom(...texts), fc.nat(1000), fc.integer({ min: 3, max: 30 }), changes)
      .map(([text, at, count, made]) => {
        const lines = text.split('\n');
        return changed(lines.slice(at % lines.length, (at % lines.length) + count).join('\n'), made);
      });
    fc.assert(
      fc.property(part, (text) => {
        if (agrees(text)) plain++;
      }),
      { numRuns: 3000, seed: 4 },
    );
    assert.ok(plain > 300, String(plain));
  });

  it('agrees on texts in every way of writing', () => {
    let plain = 0;
    fc.assert(
      fc.property(yamlTexts, changes, fc.boolean(), (text, made, whole) => {
        if (agrees(whole ? text : changed(text, made))) plain++;
      }),
      { numRuns: 4000, seed: 11 },
    );
    assert.ok(plain > 500, String(plain));
  });

  for (const [what, text] of Object.entries({
    'an anchor': 'a: &b 1\n',
    'an alias': 'a: *b\n',
    'a tag': 'a: !!str 1\n',
    'a directive': '%YAML 1.2\n---\na: 1\n',
    'a second document': 'a: 1\n---\nb: 2\n',
    'a tab': 'a: 1\t\n',
    'an invisible character': 'a: "\u200b"\n',
    'a lone carriage return': 'a: 1\rb: 2\n',
    'a marked key': '? a\n: b\n',
    'a marked key on one line': '{? a : b}\n',
    'nothing under a key': 'a:\nb: 1\n',
    'a number in an unusual spelling': 'a: 0x10\n',
    'an expression without quotes in braces': 'a: { b: ${{ c }} }\n',
    'a list at the top': '- a\n',
    'a mapping as a key': '{a: b}: c\n',
    'a key behind an item in quotes': 'tags:\n- "x" steps:\n- title: "a"\n  run: ls\n',
    'a key that touches an item in quotes': "a:\n- 'x'b: y\n",
    'a key behind a list in brackets': 'a:\n- [x]b: y\n',
    'a key behind a mapping in braces': 'a:\n- {x: 1}b: y\n',
    'a comment that stands further left than the key before it': '  a:\n#x\n   x\n  b: h\n',
    'a comment that stands further left than the item it is in': 'a:\n  -\n#x\n   x\n',
    'a marked key on a line of its own in braces': 'a: {?\n  b: c }\n',
    'no text': '',
  }))
    it(`leaves ${what} to the careful way`, () => {
      assert.equal(readPlainly(text, PLAIN_LIMITS), undefined);
    });

  it('reads what is usual', () => {
    for (const text of [
      'a: 10.9\n',
      'a: 127.42.0.1\n',
      'a: |\n  b\n',
      "a: 'it''s'\n",
      'a: { b: [c, "d"] } # e\n',
      'a:\n- b: c\n  d: e\n',
      'a:\n  - - b: c\n',
      'a: { b: 1,\n  c: 2 }\n',
    ])
      assert.ok(agrees(text), text);
  });
});

describe('the limits', () => {
  const list = <T>(count: number, make: (at: number) => T): readonly T[] => Array.from({ length: count }, (_, at) => make(at));
  const nested = (depth: number): string => list(depth, (at) => `${' '.repeat(at)}a:\n`).join('') + `${' '.repeat(depth)}b: 1\n`;
  const flow = (depth: number): string => `a: ${'['.repeat(depth)}1${']'.repeat(depth)}\n`;
  const keys = (count: number): string => list(count, (at) => `k${String(at)}: 1\n`).join('');
  const inBraces = (count: number): string => `a: { x: { y: 1 }, ${list(count, (at) => `k${String(at)}: 1`).join(', ')} }\n`;
  const words = (count: number): string => `a: [${list(count, () => '1').join(', ')}]\n`;

  for (const [what, text, code] of [
    ['nesting', nested(MAX_DEPTH + 1), 'too-deep'],
    ['brackets', flow(MAX_DEPTH + 1), 'too-deep'],
    ['keys', keys(MAX_KEYS + 1), 'too-many-keys'],
    ['keys in braces', inBraces(MAX_KEYS + 1), 'too-many-keys'],
    ['words', words(MAX_SCALARS + 1), 'too-large'],
  ] as const)
    it(`hold for too much of ${what}, however it is read`, () => {
      const { diagnostics, read } = readSyntax(text);
      assert.deepEqual(
        diagnostics.map((diagnostic) => diagnostic.code),
        [code],
      );
      assert.equal(read, false);
    });

  it('are the same for both ways of reading near them', () => {
    for (let depth = MAX_DEPTH - 12; depth <= MAX_DEPTH + 2; depth++)
      for (const text of [nested(depth), flow(depth)]) assert.deepEqual(readSyntax(text), readCarefully(text));
    for (const count of [MAX_KEYS / 2 - 1, MAX_KEYS / 2 + 1, MAX_KEYS - 3, MAX_KEYS - 1, MAX_KEYS])
      for (const text of [keys(count), inBraces(count)]) assert.deepEqual(readSyntax(text), readCarefully(text));
  });
});
