import type { Plan, PlanNode } from '../../../../../src/planner/index.js';

/** What every step of a plan does, in order, wherever it stands in the file: without its path, place and scope. */
export function actsOf(plan: Plan | undefined): readonly unknown[] {
  return (plan?.steps ?? []).flatMap(actsIn);
}

/** The same without how long each may take, and without what proves it. */
export function unlimited(acts: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(acts, (key, value: unknown) => (key === 'timeout' || key === 'verify' ? undefined : value)));
}

function actsIn(node: PlanNode): readonly unknown[] {
  if (node.kind === 'group') return node.children.flatMap(actsIn);
  const { action, title, hostRoles, targets, spec, effects, stages, conditions, undo, remedies, methods } = node;
  const places = targets.map(({ about, at }) => ({ about, at }));
  const when = conditions.map(({ cel }) => cel);
  const inside = [undo, ...remedies, Object.values(methods)].map((nodes) => nodes.flatMap(actsIn));
  return [{ action, title, hostRoles, places, spec, effects, stages, when, inside }];
}
