import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { yamlTexts } from '../../parser/support/yamlTexts.js';
import { readRoughly } from '../../../../src/language/features/rough/roughReader.js';
import { readCarefully } from '../../../../src/language/parser/readSyntax.js';
import type { SyntaxNode } from '../../../../src/language/text/syntaxNode.js';

const ROOT = join(import.meta.dirname, '../../../..');

/** Texts that are YAML, of every kind there is here. */
function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:runbook|inventory)\.ya?ml$/.test(name))
    .map((name) => join(ROOT, folder, name));
}

/** A tree as lines, with the places of all parts. */
function spelled(node: SyntaxNode | undefined, text: string, indent = ''): string[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [`${indent}nothing`];
  const head = `${indent}${node.kind} ${String(node.start)}-${String(node.end)}`;
  switch (node.kind) {
    case 'mapping':
      return [
        head,
        ...node.members.flatMap(({ key, value }) => [
          `${indent} ${key.text} ${String(key.start)}-${String(key.end)}`,
          ...spelled(value, text, `${indent}  `),
        ]),
      ];
    case 'list':
      return [head, ...node.items.flatMap((item) => spelled(item, text, `${indent}  `))];
    case 'scalar': {
      const written = text.slice(node.start, node.end);
      // How blocks are folded is nobody's concern here.
      return [`${head} ${/^[|>]/.test(written) ? 'block' : JSON.stringify(node.value)}`];
    }
    case 'alias':
      return [`${head} *${node.name}`];
  }
}

/** A tree in short: what half-written text is taken for. */
function outline(node: SyntaxNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'mapping') return Object.fromEntries(node.members.map(({ key, value }) => [key.text, outline(value)]));
  if (node.kind === 'list') return node.items.map(outline);
  return node.kind === 'alias' ? `*${node.name}` : node.value;
}

describe('reading roughly', () => {
  for (const folder of ['examples', 'test/fixtures/language'])
    for (const file of files(folder)) {
      const text = readFileSync(file, 'utf8');
      const careful = readCarefully(text);
      if (!careful.sound) continue;
      it(`reads ${file.slice(ROOT.length + 1)} as the parser does`, () => {
        assert.deepEqual(spelled(readRoughly(text), text), spelled(careful.root, text));
      });
    }

  const broken: readonly (readonly [string, unknown])[] = [
    ['a: 1\nb', { a: 1, b: undefined }],
    ['steps:\n  - id: a\n    ti\n    run: x', { steps: [{ id: 'a', ti: undefined, run: 'x' }] }],
    ['steps:\n  - ti\n    run: x\n  - id: b', { steps: [{ ti: undefined, run: 'x' }, { id: 'b' }] }],
    ['steps:\n  - id: a\n   ti\n  - id: b', { steps: [{ id: 'a', ti: undefined }, { id: 'b' }] }],
    ['steps:\n  - id: "a\n    run: x', { steps: [{ id: 'a', run: 'x' }] }],
    ['steps:\n  - on: [a, b\n    run: x', { steps: [{ on: ['a', 'b'], run: 'x' }] }],
    ['steps:\n  - { id: a, run\n  - { id: b }', { steps: [{ id: 'a', run: undefined }, { id: 'b' }] }],
    ['steps:\n  - id: a\n  ti\n  - id: b\ntitle: x', { steps: [{ id: 'a' }, 'ti', { id: 'b' }], title: 'x' }],
    ['steps:\n- id: a\n- id: b\ntitle: x', { steps: [{ id: 'a' }, { id: 'b' }], title: 'x' }],
    ['check:\n  comm\n  x: 1', { check: { comm: undefined, x: 1 } }],
    ['check: x\n  host: reachable', { check: { host: 'reachable' } }],
    ['run: |\n  a\n\n  b\nx: 1', { run: 'a\n\nb\n', x: 1 }],
    ['env:\n  A: "${{ host.\n  B: "x"', { env: { A: '${{ host.', B: 'x' } }],
    ['a: { b: ${{ x.y }}, c: 1 }', { a: { b: '${{ x.y }}', c: 1 } }],
    ['a: {', { a: {} }],
    ['a: &x { b: 1 }\nc: *x\nd: [*x, *y]', { a: { b: 1 }, c: '*x', d: ['*x', '*y'] }],
    ['a: &x\n  b: 1\nc: *x', { a: { b: 1 }, c: '*x' }],
    ['- - - a', [[['a']]]],
    ['', undefined],
  ];
  for (const [text, wanted] of broken)
    it(text.replaceAll('\n', '⏎'), () => {
      assert.deepEqual(outline(readRoughly(text)), wanted);
    });

  it('takes whatever is YAML for what the parser takes it for', () => {
    const written = (text: string, node: SyntaxNode | undefined): unknown => {
      if (node?.kind === 'mapping') return node.members.map(({ key, value }) => [key.text, key.start, written(text, value)]);
      if (node?.kind === 'list') return node.items.map((item) => written(text, item));
      if (node?.kind !== 'scalar') return node === undefined ? null : node.name;
      if (/^[|>]/.test(text.slice(node.start, node.end))) return ['block', node.start];
      return typeof node.value === 'bigint' ? Number(node.value) : node.value;
    };
    fc.assert(
      fc.property(yamlTexts, (text) => {
        const careful = readCarefully(text);
        fc.pre(careful.sound);
        assert.deepEqual(written(text, readRoughly(text)), written(text, careful.root));
      }),
      { numRuns: 400 },
    );
  }).timeout(120_000);

  it('keeps the scalar that is being written, whatever follows it', () => {
    assert.deepEqual(outline(readRoughly('check: x\n  host: reachable', 'x')), { check: 'x' });
  });

  it('goes into any depth without an end', () => {
    for (const text of [
      '['.repeat(5000),
      '- '.repeat(5000),
      '{a: '.repeat(5000),
      Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    ])
      assert.doesNotThrow(() => readRoughly(text));
  });
});
