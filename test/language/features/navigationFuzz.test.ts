import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Range, TextEdit } from '../../../src/language/index.js';
import { workspaceOf } from '../../support/language/navigating.js';
import { PIECES } from '../../support/language/pieces.js';

const RUNBOOK = readFileSync(join(import.meta.dirname, '../../fixtures/language/sample.runbook.yaml'), 'utf8');
const INVENTORY = `inventory: v1
environment: staging
hosts: { a: { address: x, vars: { url: u } }, b: { jump: a } }
roles: { server: [a, b], web: &all [a], db: *all }
vars: { server: { port: 1 } }
inputs: { target: "1.0" }
`;

describe('any text', () => {
  it('can be walked through, renamed in and folded without a throw, with every place inside it', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(30),
      insert: fc.oneof(
        fc.constantFrom(...PIECES, 'hosts.a.all(h, h.', '["', '.is("', 'use: "b.runbook.yaml#a..b"'),
        fc.string({ maxLength: 8 }),
      ),
    });
    const changed = (text: string, changes: readonly { at: number; remove: number; insert: string }[]): string =>
      changes.reduce((before, { at, remove, insert }) => {
        const start = Math.floor(at * before.length);
        return before.slice(0, start) + insert + before.slice(start + remove);
      }, text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 4 }),
        fc.array(change, { maxLength: 4 }),
        fc.nat(10_000),
        async (some, others, somewhere) => {
          const files = new Map([
            ['/a.runbook.yaml', changed(RUNBOOK, some)],
            ['/b.runbook.yaml', RUNBOOK],
            ['/x.inventory.yaml', changed(INVENTORY, others)],
          ]);
          const service = workspaceOf(files);
          const inside = (file: string, { start, end }: Range): void => {
            assert.ok(start >= 0 && start <= end && end <= (files.get(file)?.length ?? -1), `${file} ${String(start)}-${String(end)}`);
          };
          const edited = (edits: ReadonlyMap<string, readonly TextEdit[]>): void => {
            for (const [file, ofFile] of edits)
              for (const [index, { range }] of ofFile.entries()) {
                inside(file, range);
                assert.ok(range.start >= (ofFile[index - 1]?.range.end ?? 0), 'no edit touches another');
              }
          };
          for (const [file, text] of files) {
            const offset = somewhere % (text.length + 1);
            const definition = await service.definition(file, text, offset);
            if (definition !== undefined) inside(file, definition.origin);
            for (const place of definition?.places ?? []) inside(place.file, place.whole ?? place.range);
            for (const place of await service.references(file, text, offset, { declarations: true })) inside(place.file, place.range);
            const start = await service.prepareRename(file, text, offset);
            if ('range' in start) inside(file, start.range);
            const renamed = await service.rename(file, text, offset, 'fresh_name');
            if ('edits' in renamed) edited(renamed.edits);
            const lines = text.split(/\r\n|\r|\n/).length;
            for (const fold of service.foldingRanges(file, text)) assert.ok(fold.start < fold.end && fold.end <= lines);
            for (const range of service.selectionRanges(file, text, offset)) inside(file, range);
          }
          for (const { file, range } of await service.symbols('e')) inside(file, range);
          edited((await service.moveFiles([{ from: '/b.runbook.yaml', to: '/c/d.runbook.yaml' }])).edits);
        },
      ),
      { numRuns: Number(process.env['RUNBOOK_RUNS'] ?? 60) },
    );
  }).timeout(300_000);
});
