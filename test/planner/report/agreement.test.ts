import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLanguageService } from '../../../src/language/index.js';
import { decide, explain, NOTHING_LIVE, stepsOf, typedValue, variantsOf } from '../../../src/planner/index.js';
import type { LiveValues, Variant } from '../../../src/planner/index.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');

/** Facts as they were given; those nobody gave are true, false or still open, as the turn and their name have it. */
function live({ draft, facts }: Variant, turn: number): LiveValues {
  return {
    ...NOTHING_LIVE,
    fact: (scope, name, host) => {
      const type = draft.plan?.scopes[scope]?.facts[name]?.type;
      const given = facts.find((fact) => fact.scope === scope && fact.fact === name && fact.host === host);
      if (given !== undefined) return turn === 0 ? undefined : typedValue(given.value, type);
      if (type !== 'boolean') return undefined;
      return [true, false, undefined][(turn + name.length + (host?.length ?? 0)) % 3];
    },
  };
}

describe('the reason of a condition', () => {
  it('says of every condition of every variant of the examples what its evaluation says', async () => {
    const verdicts = { yes: 0, no: 0, asked: 0 };
    const seen = new Set<string>();
    for (const file of await runbooks()) {
      const service = createLanguageService({ workspace: { readText: (name) => readFile(name, 'utf8').catch(() => undefined) } });
      const project = await service.loadProject(file);
      assert.ok(project !== undefined);
      let count = 0;
      for (const variant of variantsOf(project)) {
        if (count++ % 7 !== 0 || variant.draft.plan === undefined) continue;
        const { plan } = variant.draft;
        for (const known of [0, 1, 2, 3].map((turn) => live(variant, turn)))
          for (const step of stepsOf(plan.steps))
            for (const condition of step.conditions)
              for (const target of step.targets) {
                const scope = plan.scopes[condition.scope];
                assert.ok(scope !== undefined);
                const host = condition.hostRoles.length > 0 ? target.about[0] : undefined;
                const decision = decide(condition, plan, host, known);
                const { verdict, because } = explain(
                  condition.cel,
                  { scope, hosts: plan.hosts, hostRoles: condition.hostRoles, host },
                  known,
                );
                assert.equal(verdict, decision.kind === 'open' ? 'asked' : decision.kind, `${condition.cel}: ${because}`);
                assert.notEqual(because, '', condition.cel);
                verdicts[verdict]++;
                seen.add(condition.cel);
              }
      }
    }
    assert.ok(seen.size >= 4, [...seen].join('\n'));
    assert.ok(verdicts.yes > 0 && verdicts.no > 0 && verdicts.asked > 0, JSON.stringify(verdicts));
  }).timeout(60_000);
});

async function runbooks(): Promise<readonly string[]> {
  const files = await readdir(EXAMPLES, { recursive: true });
  return files.filter((name) => name.endsWith('.runbook.yaml')).map((name) => join(EXAMPLES, name));
}
