import { checkValue } from '../../language/index.js';
import type { DraftRequest } from '../draft.js';
import type { PlanScope } from '../plan.js';
import type { Problems } from '../problem.js';
import { typedValue } from '../typedValue.js';

/** Facts that are given must be declared, given for a host where they are known per host, and fit their type. */
export function checkGivenFacts(request: DraftRequest, scopes: Readonly<Record<string, PlanScope>>, problems: Problems): void {
  const { root } = request.project;
  for (const given of request.facts) {
    const scope = scopes[given.scope];
    const fact = scope?.facts[given.fact];
    if (scope === undefined || fact === undefined) {
      const known = Object.keys(scope?.facts ?? {}).join(', ') || 'none';
      if (given.scope === 'main') problems.add(root, 'undefined-fact', `the runbook has no fact "${given.fact}"; it has ${known}`);
      continue;
    }
    const hosts = fact.on?.flatMap((role) => scope.roles[role] ?? []);
    if ((hosts !== undefined) !== (given.host !== undefined)) {
      const spelling = hosts === undefined ? `--fact ${given.fact}=…` : `--fact ${given.fact}@HOST=…`;
      const known = hosts === undefined ? 'once for the run' : 'per host';
      problems.add(root, 'fact-host', `fact "${given.fact}" is known ${known}; give it as ${spelling}`);
    } else if (given.host !== undefined && hosts !== undefined && !hosts.includes(given.host)) {
      const message = `fact "${given.fact}" is not known of "${given.host}"; it is known of ${[...new Set(hosts)].join(', ') || 'no host'}`;
      problems.add(root, 'fact-host', message);
    }
    const wrong = checkValue(fact, typedValue(given.value, fact.type));
    if (wrong !== undefined) problems.add(root, 'fact-type', `fact "${given.fact}" is "${String(given.value)}" and ${wrong}`);
  }
}
