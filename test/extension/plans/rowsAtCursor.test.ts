import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planSheet } from '../../../src/extension/plans/planSheet.js';
import { rowsAtCursor } from '../../../src/extension/plans/rowsAtCursor.js';
import { createLanguageService } from '../../../src/language/index.js';
import { draftPlan } from '../../../src/planner/index.js';
import type { PlanSheet } from '../../../src/protocol/index.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const service = createLanguageService({ workspace: { readText: (file) => readFile(file, 'utf8').catch(() => undefined) } });

/** The sheets of all examples that have a plan on their staging environment, each with the file of its runbook. */
async function* sheets(): AsyncGenerator<{ readonly file: string; readonly sheet: PlanSheet }> {
  for (const folder of await readdir(EXAMPLES)) {
    const inventory = join(EXAMPLES, folder, 'staging.inventory.yaml');
    const environment = service.parseInventory(inventory, await readFile(inventory, 'utf8'));
    for (const name of await readdir(join(EXAMPLES, folder))) {
      const file = join(EXAMPLES, folder, name);
      const project = name.endsWith('.runbook.yaml') ? await service.loadProject(file) : undefined;
      const draft = project === undefined ? undefined : draftPlan({ project, inventory: environment, inputs: {}, facts: [] });
      if (draft?.plan === undefined) continue;
      const subject = { uri: `file://${file}`, runbook: name, inventory: 'staging.inventory.yaml', onlyOne: false, asText: true, now: 0 };
      yield { file, sheet: planSheet({ ...draft, plan: draft.plan }, subject) };
    }
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

describe('the rows of a plan that the cursor is in', function () {
  this.timeout(120_000);

  it('are those of the step whose text it is in, in every file of every example', async () => {
    let looked = 0;
    for await (const { file, sheet } of sheets()) {
      for (const { path, place } of sheet.sections.flatMap(({ rows }) => rows)) {
        // What an advisory demands is made from the advisory, which is no step of the text.
        if (path.split('/').includes('advisories')) continue;
        const text = await readFile(join(dirname(file), place.file), 'utf8');
        const start =
          text
            .split('\n')
            .slice(0, place.line - 1)
            .join('\n').length + 1;
        const offset = start + (text.slice(start).match(/^[ -]*/)?.[0].length ?? 0);
        const outline = service.outline(join(dirname(file), place.file), text);
        const found = rowsAtCursor(sheet, { file: place.file, outline, offset, lineAt: (at) => lineOf(text, at) });
        assert.ok(found.includes(path), `${file}: ${path} at ${place.file}:${String(place.line)}, found ${found.join(', ')}`);
        looked++;
      }
    }
    assert.ok(looked > 100, String(looked));
  });

  it('are none in front of the steps, and those of the group where the step has none', () => {
    const row = { kind: 'group', path: 'a', title: 'A', depth: 0, place: { file: 'x', line: 2 }, remarks: [], steps: 1 } as const;
    const sheet = { sections: [{ title: 'Steps', rows: [row] }] };
    const inner = { path: 'a/b', id: 'b', title: 'B', section: 'steps', action: 'run', on: [], children: [] } as const;
    const child = { ...inner, range: { start: 20, end: 30 }, selection: { start: 20, end: 21 } };
    const outline = [{ ...inner, path: 'a', range: { start: 10, end: 30 }, selection: { start: 10, end: 11 }, children: [child] }];
    const at = (offset: number, file = 'x'): readonly string[] =>
      rowsAtCursor(sheet, { file, outline, offset, lineAt: (start) => (start < 8 ? 1 : start < 20 ? 2 : 3) });
    assert.deepEqual(at(5), []);
    assert.deepEqual(at(8), ['a'], 'before the first word of its line');
    assert.deepEqual(at(25), ['a']);
    assert.deepEqual(at(25, 'y'), []);
  });
});
