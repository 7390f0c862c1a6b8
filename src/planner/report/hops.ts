import type { Comparison } from '../draft.js';
import type { Plan, PlanGroup, PlanHop, PlanNode } from '../plan.js';
import { stepsOf } from '../walk.js';
import type { ReportHop, ReportStep } from './planReport.js';
import { hostsOf, isSameHop, nameOfStep } from './steps.js';

/** The upgrade path of the runbook: what is done in each hop, and what would be done in those that another runbook takes over. */
export function reportHops(plan: Plan, steps: readonly ReportStep[], comparisons: readonly Comparison[]): readonly ReportHop[] {
  return (plan.scopes['main']?.hops ?? []).map((hop): ReportHop => {
    const group = groupOf(plan.steps, hop);
    const dispatchedTo = group?.dispatchedTo;
    const further = group === undefined ? [] : [...new Set(dispatchedWithin(group.children))];
    const generic = dispatchedTo === undefined ? undefined : comparisons.find((comparison) => isSameHop(comparison.hop, hop))?.generic;
    return {
      number: hop.number,
      ...(hop.from === undefined ? {} : { from: hop.from }),
      to: hop.to,
      last: hop.last,
      steps: steps.filter((step) => step.hop === hop.number).map(({ path }) => path),
      ...(dispatchedTo === undefined ? {} : { dispatched_to: dispatchedTo }),
      ...(further.length === 0 ? {} : { handed_on_to: further }),
      ...(generic === undefined
        ? {}
        : { generic: [...stepsOf(generic)].map((step) => ({ ...nameOfStep(step), action: step.action, hosts: hostsOf(step) })) }),
    };
  });
}

/** The runbooks followed for hops within, in order. */
function dispatchedWithin(nodes: readonly PlanNode[]): readonly string[] {
  return nodes.flatMap((node) =>
    node.kind === 'step' ? [] : [...(node.dispatchedTo === undefined ? [] : [node.dispatchedTo]), ...dispatchedWithin(node.children)],
  );
}

/** The outermost group of a hop; one inside belongs to the path of a file that is used. */
function groupOf(nodes: readonly PlanNode[], hop: PlanHop): PlanGroup | undefined {
  for (const node of nodes) {
    if (node.kind === 'step') continue;
    if (node.hop !== undefined && isSameHop(node.hop, hop)) return node;
    const inside = groupOf(node.children, hop);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
