import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createLanguageService } from '../../src/language/index.js';
import { PIECES } from '../support/language/pieces.js';

const sample = readFileSync(join(import.meta.dirname, '../fixtures/language/sample.runbook.yaml'), 'utf8');

describe('any text', () => {
  it('is read without a throw, with every place inside it', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(30),
      insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), fc.nat(10_000), async (changes, somewhere) => {
        let text = sample;
        for (const { at, remove, insert } of changes) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + insert + text.slice(start + remove);
        }
        const service = createLanguageService({ workspace: { readText: async () => text } });
        for (const file of ['/a.runbook.yaml', '/a.inventory.yaml']) {
          for (const { range, message, related = [], fix } of await service.diagnose(file)) {
            const ranges = [range, ...related.map((place) => place.range), ...(fix?.edits.map((edit) => edit.range) ?? [])];
            for (const { start, end } of ranges) assert.ok(start >= 0 && start <= end && end <= text.length, message);
          }
          const offset = somewhere % (text.length + 1);
          const hover = await service.hover(file, text, offset);
          if (hover !== undefined) assert.ok(hover.range.start <= offset && hover.range.end <= text.length);
          for (const { edit } of await service.complete(file, text, offset))
            assert.ok(edit.range.start <= offset && edit.range.end >= offset && edit.range.end <= text.length);
          service.outline(file, text);
        }
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);
});
