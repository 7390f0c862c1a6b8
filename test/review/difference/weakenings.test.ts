import assert from 'node:assert/strict';
import { createLanguageService } from '../../../src/language/index.js';
import { compareInventories, compareProjects } from '../../../src/review/index.js';
import type { Change, Difference } from '../../../src/review/index.js';
import { ALL_EXAMPLES, textOf } from '../../mutants/support/examples.js';
import { inventoryWeakenings } from './support/ofInventories.js';
import { weakeningsOf } from './support/ofRunbooks.js';
import { stateOf } from './support/states.js';
import { Weakener } from './support/weakenings.js';
import type { Weakening } from './support/weakenings.js';

describe('every weakening of an example is told of, by its kind and at its place', () => {
  for (const { runbooks, inventories, name } of ALL_EXAMPLES) {
    for (const file of runbooks)
      it(`${name}/${file.split('/').at(-1) ?? ''}`, function () {
        this.timeout(120_000);
        const weakener = new Weakener(textOf(file));
        const old = stateOf(file, { [file]: weakener.text });
        check(file, weakeningsOf(weakener), (text) => {
          const now = stateOf(file, { [file]: text });
          assert.notEqual(now.root.value, undefined, now.root.diagnostics[0]?.message);
          return compareProjects(old, now);
        });
      });
    for (const file of inventories)
      it(`${name}/${file.split('/').at(-1) ?? ''}`, () => {
        const weakener = new Weakener(textOf(file));
        const old = service.parseInventory(file, weakener.text);
        check(file, inventoryWeakenings(weakener), (text) => compareInventories(old, service.parseInventory(file, text)));
      });
  }
});

const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });

function check(file: string, weakenings: Iterable<Weakening>, compare: (text: string) => Difference): void {
  const missed: string[] = [];
  let count = 0;
  for (const weakening of weakenings) {
    count++;
    const { changes } = compare(weakening.text);
    if (changes.some((change) => isTold(change, weakening, file))) continue;
    const told = changes.map(({ kind, what }) => `${kind} (${what})`).join('; ');
    missed.push(`${weakening.what} should be ${weakening.kinds.join('|')}, is ${told}`);
  }
  assert.deepEqual(missed, []);
  assert.ok(count > 5, `${String(count)} weakenings`);
}

function isTold({ kind, where }: Change, { kinds, old, now }: Weakening, file: string): boolean {
  if (!kinds.includes(kind)) return false;
  const meets = (place: Change['where']['old'], range: readonly [number, number] | undefined): boolean =>
    range !== undefined && place?.file === file && place.range.start <= range[1] && place.range.end >= range[0];
  return meets(where.old, old) || meets(where.new, now) || isStepOf(where.new, now);
}

/** A place that a new key has none of its own in is that of its step. */
function isStepOf(place: Change['where']['new'], now: readonly [number, number] | undefined): boolean {
  return (
    now !== undefined &&
    place !== undefined &&
    place.range.end <= now[1] &&
    now[0] - place.range.start < 2000 &&
    place.range.start <= now[0]
  );
}
