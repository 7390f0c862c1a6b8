import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createLanguageService } from '../../../src/language/index.js';
import type { CompletionItem } from '../../../src/language/index.js';
import { readSyntax } from '../../../src/language/parser/readSyntax.js';
import { applied } from '../../support/language/completing.js';
import { PIECES } from '../../support/language/pieces.js';

const FOLDER = join(import.meta.dirname, '../../../examples');
const EXAMPLES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:runbook|inventory)\.ya?ml$/.test(name))
  .map((name) => ({ file: `/work/${name.replaceAll('\\', '/')}`, text: readFileSync(join(FOLDER, name), 'utf8') }));
const TEXTS = new Map(EXAMPLES.map(({ file, text }) => [file, text]));

const service = createLanguageService({
  workspace: { readText: async (file) => TEXTS.get(file), listFiles: async () => [...TEXTS.keys()] },
});

/** A place in the text, as a part of it. */
const somewhere = fc.double({ min: 0, max: 1, noNaN: true });
const change = fc.record({ at: somewhere, remove: fc.nat(40), insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })) });

/** What one must be able to rely on, whatever is offered. */
function assertProper({ label, edit, more = [], format }: CompletionItem, text: string, offset: number): void {
  const { start, end } = edit.range;
  assert.ok(start >= 0 && start <= offset && end >= offset && end <= text.length, `${label}: the place is at the cursor`);
  assert.ok(!/[\n\r]/.test(text.slice(start, end)) || text.slice(start, end).trim().length < 40, `${label}: the place is on one line`);
  for (const { range } of more)
    assert.ok(range.start >= 0 && range.start <= range.end && (range.end <= start || range.start >= end), `${label}: edits do not overlap`);
  if (format === 'plain') assert.ok(!/\$\d|\$\{\d/.test(edit.text), `${label}: no tab stops in plain text`);
}

describe('help while writing, anywhere', () => {
  it('never throws, and stays within the text, however it is cut and changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...EXAMPLES),
        fc.array(change, { maxLength: 4 }),
        fc.option(somewhere),
        fc.array(somewhere, { minLength: 3, maxLength: 3 }),
        async ({ file, text: original }, changes, cut, places) => {
          let text = original;
          for (const { at, remove, insert } of changes) {
            const start = Math.floor(at * text.length);
            text = text.slice(0, start) + insert + text.slice(start + remove);
          }
          if (cut !== null) text = text.slice(0, Math.floor(cut * text.length));
          for (const place of cut === null ? places : [1]) {
            const offset = Math.floor(place * text.length);
            for (const item of await service.complete(file, text, offset)) assertProper(item, text, offset);
            const hover = await service.hover(file, text, offset);
            if (hover !== undefined) assert.ok(hover.range.start <= offset && offset <= hover.range.end && hover.range.end <= text.length);
            const help = await service.signatureHelp(file, text, offset);
            if (help !== undefined) assert.ok(help.active < help.signatures.length && help.argument >= 0);
          }
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(300_000);

  it('gives text that is no less YAML than before, on a new line before any key', async () => {
    const lineOfKey = /^([ ]*)(?:- )?[a-z_]+:/;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...EXAMPLES),
        somewhere,
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        async ({ file, text: original }, place, isDash, picks) => {
          const lines = original.split('\n');
          const wanted = Math.floor(place * lines.length);
          const index = lines.findIndex((line, at) => at >= wanted && lineOfKey.test(line));
          if (index < 0) return;
          const indent = lineOfKey.exec(lines[index] ?? '')?.[1] ?? '';
          const isItem = (lines[index] ?? '').startsWith(`${indent}- `);
          const begun = isItem && isDash ? `${indent}- ` : indent;
          const text = [...lines.slice(0, index), begun, ...lines.slice(index)].join('\n');
          if (!readSyntax(text).sound) return;
          const offset = lines.slice(0, index).join('\n').length + (index === 0 ? 0 : 1) + begun.length;
          const items = await service.complete(file, text, offset);
          for (let count = 0; count < Math.min(6, items.length); count++) {
            const item = items[(picks.next().value ?? 0) % items.length];
            if (item === undefined) continue;
            const made = applied(text, item);
            assert.ok(readSyntax(made).sound, `${item.label}\n${made.slice(Math.max(0, offset - 200), offset + 300)}`);
          }
        },
      ),
      { numRuns: 120 },
    );
  }).timeout(300_000);

  it('offers at each value what stands there already', async () => {
    const missed: string[] = [];
    for (const { file, text } of EXAMPLES) {
      if (!file.endsWith('.runbook.yaml')) continue;
      for (const match of text.matchAll(/^[ ]*(?:- )?(?:on|from|state|platform|installed|escalate|severity|shell|demands): ([a-z_]+)$/gm)) {
        const offset = match.index + match[0].length;
        const labels = (await service.complete(file, text, offset)).map(({ label }) => label);
        if (!labels.includes(match[1] ?? '')) missed.push(`${file}: ${match[0].trim()} (${labels.slice(0, 8).join(', ')})`);
      }
    }
    assert.deepEqual(missed, []);
  }).timeout(300_000);

  it('offers in each expression the name that stands there already', async () => {
    const missed: string[] = [];
    let count = 0;
    for (const { file, text } of EXAMPLES) {
      if (!file.endsWith('.runbook.yaml')) continue;
      for (const line of text.matchAll(/^.*(?:\$\{\{|\b(?:when|that|where): ).*$/gm))
        for (const match of line[0].matchAll(/(?<![\w.])(?:inputs|facts|host|secrets|advisories|hop|hosts(?:\.\w+)?)\.([a-z]\w*)/g)) {
          const offset = line.index + match.index + match[0].length;
          const isInside = /\$\{\{[^}]*$|\b(?:when|that|where): [^#]*$/.test(text.slice(line.index, offset));
          if (!isInside || /\bthat: .*\bbody\b/.test(line[0])) continue;
          count++;
          const labels = (await service.complete(file, text, offset)).map(({ label }) => label);
          if (!labels.includes(match[1] ?? '')) missed.push(`${file}: ${line[0].trim()} (${match[0]}; ${labels.slice(0, 8).join(', ')})`);
          const hover = await service.hover(file, text, offset);
          if (hover === undefined || text.slice(hover.range.start, hover.range.end) !== match[1])
            missed.push(`hover ${file}: ${line[0].trim()} (${match[0]})`);
        }
    }
    assert.deepEqual(missed, []);
    assert.ok(count > 100, String(count));
  }).timeout(300_000);
});
