import { stepsIn } from '../../protocol/index.js';
import type { PlanNode, PlanStep } from '../../protocol/index.js';
import type { Plan } from '../../planner/index.js';

/** Path of the step or group a name means: a path of the plan, or an id that occurs once. Undefined for none or several. */
export function pathNamed(plan: Plan, name: string): string | undefined {
  const paths = allPaths(plan.steps);
  if (paths.includes(name)) return name;
  const byId = paths.filter((path) => path.endsWith(`/${name}`));
  return byId.length === 1 ? byId[0] : undefined;
}

/** The steps of the procedure that come before a path: what a run of only that step, or from there, leaves out. */
export function stepsBefore(plan: Plan, path: string): readonly PlanStep[] {
  const steps = stepsIn(plan.steps);
  const first = steps.findIndex((step) => step.path === path || step.path.startsWith(`${path}/`));
  return steps.slice(0, Math.max(0, first));
}

function allPaths(nodes: readonly PlanNode[]): readonly string[] {
  return nodes.flatMap((node) => [node.path, ...(node.kind === 'group' ? allPaths(node.children) : [])]);
}
