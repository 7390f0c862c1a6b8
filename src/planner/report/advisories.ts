import type { Plan, PlanAdvisory, PlanHop, PlanScope } from '../plan.js';
import type { LiveValues } from '../values.js';
import { explainAdvisory } from './explain/explain.js';
import type { Explanation } from './explain/explain.js';
import { spaced } from './explain/names.js';
import type { ReportAdvisory } from './planReport.js';

const VERDICTS = { yes: 'applies', no: 'does_not_apply', asked: 'must_be_asked' } as const satisfies Record<Explanation['verdict'], string>;

/** Each advisory with whether it applies, hop by hop, and why. */
export function reportAdvisories(plan: Plan, live: LiveValues): readonly ReportAdvisory[] {
  return plan.advisories.flatMap((advisory) => {
    const scope = plan.scopes[advisory.scope];
    return scope === undefined ? [] : [reportAdvisory(advisory, scope, plan, live)];
  });
}

/** Titles of the advisories of a file, by id. */
export function advisoryTitles(plan: Plan, { factScope }: PlanScope): Readonly<Record<string, string>> {
  return Object.fromEntries(
    plan.advisories.flatMap(({ id, scope, title }) => (scope === factScope && title !== undefined ? [[id, title] as const] : [])),
  );
}

function reportAdvisory(advisory: PlanAdvisory, scope: PlanScope, plan: Plan, live: LiveValues): ReportAdvisory {
  const { id, severity, title, text, link, demands, cites } = advisory;
  const titles = advisoryTitles(plan, scope);
  const path: readonly (PlanHop | undefined)[] = scope.hop === undefined && scope.hops !== undefined ? scope.hops : [scope.hop];
  return {
    id,
    title: title ?? spaced(id),
    severity,
    text,
    ...(link === undefined ? {} : { link }),
    demands,
    file: scope.file,
    ...(cites === undefined ? {} : { source: cites }),
    hops: path.map((hop) => {
      const here = hop === undefined ? scope : { ...scope, hop };
      const place = { scope: here, hosts: plan.hosts, hostRoles: [], host: undefined, advisoryTitles: titles };
      const { verdict, because } = explainAdvisory(id, place, live);
      return { ...(hop === undefined ? {} : { hop: hop.number }), verdict: VERDICTS[verdict], because };
    }),
  };
}
