import { checkValue } from '../../language/index.js';
import type { DraftRequest } from '../draft.js';
import type { PlanScope } from '../plan.js';
import type { Problems } from '../problem.js';
import { typedValue } from '../typedValue.js';

/**
 * Facts that are given must be declared, given for a host where they are known per host, and fit their type. `settled`: it is known which
 * files take part.
 */
export function checkGivenFacts(
  request: DraftRequest,
  scopes: Readonly<Record<string, PlanScope>>,
  settled: boolean,
  problems: Problems,
): void {
  const { root } = request.project;
  for (const given of request.facts) {
    const scope = Object.hasOwn(scopes, given.scope) ? scopes[given.scope] : undefined;
    const fact = scope !== undefined && Object.hasOwn(scope.facts, given.fact) ? scope.facts[given.fact] : undefined;
    if (scope === undefined) {
      const using = Object.keys(scopes).filter((id) => id !== 'main' && scopes[id]?.factScope === id);
      const known = using.length === 0 ? 'none does' : `these do: ${using.join(', ')}`;
      if (settled) problems.add(root, 'undefined-fact', `no step "${given.scope}" uses a file that has facts; ${known}`);
      continue;
    }
    if (fact === undefined) {
      const known = Object.keys(scope.facts).join(', ') || 'none';
      const owner = given.scope === 'main' ? 'the runbook' : `the file that "${given.scope}" uses`;
      problems.add(root, 'undefined-fact', `${owner} has no fact "${given.fact}"; it has ${known}`);
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
