import type { PlanNode } from '../../protocol/index.js';
import type { Plan } from '../../planner/index.js';

/** Path of the step or group a name means: a path of the plan, or an id that occurs once. Undefined for none or several. */
export function pathNamed(plan: Plan, name: string): string | undefined {
  const paths = allPaths(plan.steps);
  if (paths.includes(name)) return name;
  const byId = paths.filter((path) => path.endsWith(`/${name}`));
  return byId.length === 1 ? byId[0] : undefined;
}

function allPaths(nodes: readonly PlanNode[]): readonly string[] {
  return nodes.flatMap((node) => [node.path, ...(node.kind === 'group' ? allPaths(node.children) : [])]);
}
