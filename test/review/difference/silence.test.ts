import assert from 'node:assert/strict';
import { createLanguageService, meaningOf } from '../../../src/language/index.js';
import { canonicalJson } from '../../../src/planner/index.js';
import { compareInventories, compareProjects } from '../../../src/review/index.js';
import { ALL_EXAMPLES, textOf } from '../../mutants/support/examples.js';
import { stateOf } from './support/states.js';
import { Weakener } from './support/weakenings.js';

/** Of a runbook, every so many-th value: all of them take minutes. */
const EACH = Number(process.env['EACH_VALUE'] ?? 15);
const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });

function* changedValues(weakener: Weakener, each: number): Generator<readonly [string, string]> {
  const scalars = weakener.places.filter(({ value }) => typeof value !== 'object');
  for (let at = 0; at < scalars.length; at += each) {
    const { path, value } = scalars[at] ?? { path: [], value: '' };
    for (const other of typeof value === 'string' ? [`${value}0`, `${value} and more`] : [typeof value === 'number' ? value + 1 : !value]) {
      const { text, what } = weakener.with(path, other, 'changed');
      yield [what, text];
    }
  }
}

describe('nothing that means something else goes without a word', () => {
  for (const { runbooks, inventories, name } of ALL_EXAMPLES) {
    for (const file of runbooks)
      it(`${name}/${file.split('/').at(-1) ?? ''}`, function () {
        this.timeout(600_000);
        const weakener = new Weakener(textOf(file));
        const old = stateOf(file, { [file]: weakener.text });
        const silent: string[] = [];
        for (const [what, text] of changedValues(weakener, EACH)) {
          const now = stateOf(file, { [file]: text });
          if (
            now.root.value === undefined ||
            canonicalJson(meaningOf('runbook', now.root.value)) === canonicalJson(meaningOf('runbook', old.root.value))
          )
            continue;
          if (compareProjects(old, now).changes.length === 0) silent.push(what);
        }
        assert.deepEqual(silent, []);
      });
    for (const file of inventories)
      it(`${name}/${file.split('/').at(-1) ?? ''}`, () => {
        const weakener = new Weakener(textOf(file));
        const old = service.parseInventory(file, weakener.text);
        const silent: string[] = [];
        for (const [what, text] of changedValues(weakener, 1)) {
          const now = service.parseInventory(file, text);
          if (now.value !== undefined && compareInventories(old, now).changes.length === 0) silent.push(what);
        }
        assert.deepEqual(silent, []);
      });
  }
});
