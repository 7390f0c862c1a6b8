import { asText } from '../../language/index.js';
import type { Plan, PlanStep } from '../plan.js';
import { advisoryTitles } from '../report/advisories.js';
import { explain } from '../report/explain/explain.js';
import { knownBefore } from '../report/givenFacts.js';
import { hostsOf } from '../report/steps.js';

/** Reasons that are told one by one. */
const MOST = 4;

/** Why steps are left out, or perhaps left out: what is known of their conditions before anything is asked. Markdown. */
export function givenReasons(plan: Plan, steps: readonly PlanStep[]): readonly string[] {
  const live = knownBefore(plan, []);
  const found = steps.flatMap((step) =>
    step.conditions.flatMap(({ cel, scope: id, hostRoles }) => {
      const scope = plan.scopes[id];
      if (scope === undefined) return [];
      const hosts = hostRoles.length === 0 ? [undefined] : hostsOf(step);
      return hosts.map((host) => {
        const place = { scope, hosts: plan.hosts, hostRoles, host, advisoryTitles: advisoryTitles(plan, scope) };
        const { verdict, because } = explain(cel, place, live);
        return asText(`${{ yes: 'done', no: 'left out', asked: 'perhaps' }[verdict]}, because ${because}`);
      });
    }),
  );
  const different = [...new Set(found)];
  return different.length === 0 ? [] : [different.slice(0, MOST).join('; ')];
}
