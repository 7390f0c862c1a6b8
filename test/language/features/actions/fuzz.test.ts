import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { applied } from '../../../support/language/applied.js';
import { documentsOf, SEED } from '../../../support/language/generated.js';
import { PIECES } from '../../../support/language/pieces.js';
import { serviceOver } from '../../../support/language/service.js';

const RUNBOOK = readFileSync(join(import.meta.dirname, '../../../fixtures/language/sample.runbook.yaml'), 'utf8');
const FILE = '/a.runbook.yaml';
/** Broken texts. */
const RUNS = documentsOf(60);

describe('any text, however broken', () => {
  it('can be formatted and acted on without a throw, within its bounds, and ends up no more broken', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(30),
      insert: fc.constantFrom(...PIECES, '\r\n', '\t'),
    });
    const wrong = async (text: string): Promise<number> =>
      (await serviceOver({ [FILE]: text }).diagnose(FILE)).filter(({ code }) => code === 'yaml-syntax').length;
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 2 }), fc.nat(10_000), fc.nat(300), async (changes, somewhere, length) => {
        const text = changes.reduce((before, { at, remove, insert }) => {
          const start = Math.floor(at * before.length);
          return before.slice(0, start) + insert + before.slice(start + remove);
        }, RUNBOOK);
        const start = somewhere % (text.length + 1);
        const range = { start, end: Math.min(text.length, start + length) };
        const service = serviceOver({ [FILE]: text });
        const before = await wrong(text);
        for (const options of [undefined, { range }]) applied(text, service.format(FILE, text, options));
        for (const { kind, title, edits } of await service.codeActions(FILE, text, range)) {
          const after = applied(text, edits.get(FILE) ?? []);
          made++;
          if (kind !== 'quickfix') assert.ok((await wrong(after)) <= before, `${title}:\n${after}`);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    assert.ok(made > RUNS / 4, `${String(made)} actions`);
  }).timeout(300_000);
});
