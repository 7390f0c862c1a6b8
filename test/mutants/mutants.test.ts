import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { variantsOf } from '../../src/planner/index.js';
import type { Plan } from '../../src/planner/index.js';
import { brokenOrders, leftDown, worldsOfConditions } from '../planner/property/support/oracle.js';
import { deletions } from './deletions.js';
import { misspeltKeys, misspeltReferences } from './spelling.js';
import { ALL_EXAMPLES, diagnosticOf, projectsWith, textDiagnosticOf, textOf } from './support/examples.js';
import type { Example } from './support/examples.js';
import { changedWay } from './support/changedWay.js';
import type { Mutant } from './support/mutant.js';
import { SURVIVORS } from './survivors.js';
import { swaps } from './swaps.js';
import { versionChanges } from './versions.js';

/** Mutants that went unfound, by their file and what is different. */
const unfound: string[] = [];

describe('mutants of every example', function () {
  this.timeout(600_000);

  for (const example of ALL_EXAMPLES) {
    describe(example.name, () => {
      for (const file of [...example.runbooks, ...example.inventories]) {
        const name = `${example.name}/${basename(file).replace(/\.yaml$/, '')}`;
        const isRunbook = file.endsWith('.runbook.yaml');

        it(`${name}: a misspelt key or name is told of`, () => allFound(example, file, name, [...misspelt(textOf(file))]));
        if (!isRunbook) continue;
        it(`${name}: a deleted safeguard is told of`, () => allFound(example, file, name, [...deletions(textOf(file))]));
        it(`${name}: two steps swapped are told of where an order breaks, and nowhere else`, () => swapsJudged(example, file));
        it(`${name}: another version is told of, or leads another way`, () => versionsJudged(example, file, name));
      }
    });
  }

  // In a suite of its own: those come after the tests that stand beside them.
  describe('all of them', () => {
    it('leave no survivors but those that are explained', () => {
      for (const mutant of unfound.sort()) console.log(`      ${mutant}: ${SURVIVORS[mutant] ?? 'NOT EXPLAINED'}`);
      assert.deepEqual(unfound, Object.keys(SURVIVORS).sort());
    });
  });
});

function* misspelt(text: string): Generator<Mutant> {
  yield* misspeltKeys(text);
  yield* misspeltReferences(text);
}

async function allFound(example: Example, file: string, name: string, mutants: readonly Mutant[]): Promise<void> {
  for (const { text, what } of mutants) {
    const found = await diagnosticOf(example, file, text);
    assert.notEqual(found?.code, 'yaml-syntax', `${what} is no longer YAML, which shows nothing`);
    if (found === undefined) unfound.push(`${name} ${what}`);
  }
}

async function swapsJudged(example: Example, file: string): Promise<void> {
  const before = await troubleIn(example, file, textOf(file));
  for (const { text, what, breaks } of swaps(textOf(file))) {
    const found = await diagnosticOf(example, file, text);
    // A runbook with an error has no plans; then the error must be the one that is expected.
    const trouble = breaks.length > 0 ? breaks : [...(await troubleIn(example, file, text))].filter((one) => !before.has(one));
    assert.equal(
      found !== undefined,
      trouble.length > 0,
      `${what}: ${found?.message ?? 'nothing is said'}; in truth: ${trouble.join(', ') || 'no order breaks'}`,
    );
  }
}

/** Orders that break and hosts that are left down in some plan of a changed example, by carrying every plan out in every world. */
async function troubleIn(example: Example, file: string, text: string): Promise<ReadonlySet<string>> {
  const trouble = new Set<string>();
  const seen = new Set<string>();
  for (const project of await projectsWith(example, file, text)) {
    for (const { draft } of variantsOf(project)) {
      const { plan } = draft;
      if (plan === undefined || isSeen(plan, seen)) continue;
      const worlds = worldsOfConditions(plan);
      assert.ok(worlds, 'too many open conditions to try them all');
      for (const order of brokenOrders(plan, worlds)) trouble.add(`order ${String(order + 1)} of ${plan.runbook.id} breaks`);
      for (const host of leftDown(plan, worlds)) trouble.add(`left after the end: ${host}`);
    }
  }
  return trouble;
}

/** What no order depends on. */
const OF_NO_ORDER = new Set(['spec', 'at', 'title', 'reachedBy', 'onFailure', 'remedies', 'undo', 'methods', 'evidence', 'answers']);

/** Whether a plan with the same steps at the same places was looked at before. */
function isSeen({ steps, orders, scopes }: Plan, seen: Set<string>): boolean {
  const known = Object.values(scopes).map(({ inputs, roles, hop, hops }) => [inputs, roles, hop, hops]);
  const key = JSON.stringify([steps, orders, known], (name, value: unknown) => (OF_NO_ORDER.has(name) ? undefined : value));
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

async function versionsJudged(example: Example, file: string, name: string): Promise<void> {
  for (const change of versionChanges(textOf(file))) {
    const found =
      (await textDiagnosticOf(example, file, change.text)) ??
      (await changedWay(example, file, change)) ??
      (await diagnosticOf(example, file, change.text));
    if (found === undefined) unfound.push(`${name} ${change.what}`);
  }
}
