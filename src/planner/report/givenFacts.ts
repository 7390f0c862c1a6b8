import type { GivenFact } from '../draft.js';
import type { Plan } from '../plan.js';
import { typedValue } from '../typedValue.js';
import { NOTHING_LIVE } from '../values.js';
import type { LiveValues } from '../values.js';

/** What is known before a run: the facts that were given, and nothing that only a run can know. */
export function knownBefore(plan: Pick<Plan, 'scopes'>, facts: readonly GivenFact[]): LiveValues {
  return {
    ...NOTHING_LIVE,
    fact: (scope, name, host) => {
      const given = facts.find((candidate) => candidate.scope === scope && candidate.fact === name && candidate.host === host);
      return given === undefined ? undefined : typedValue(given.value, plan.scopes[scope]?.facts[name]?.type);
    },
  };
}
