import type { Plan, PlanNode, PlanStep } from './plan.js';

/** Every step of a list of nodes, in the order of the plan. */
export function* stepsOf(nodes: readonly PlanNode[]): Generator<PlanStep> {
  for (const node of nodes) {
    if (node.kind === 'step') yield node;
    else yield* stepsOf(node.children);
  }
}

const known = new WeakMap<Plan, readonly PlanStep[]>();

/** Every step of a plan that can be carried out: those of the procedure, then what undoes and remedies them. Remembered by plan. */
export function planSteps(plan: Plan): readonly PlanStep[] {
  let steps = known.get(plan);
  if (steps === undefined) {
    const main = [...stepsOf(plan.steps)];
    const asides = main.flatMap((step) => [...stepsOf(step.undo), ...step.remedies.flatMap((nodes) => [...stepsOf(nodes)])]);
    steps = [...main, ...asides];
    known.set(plan, steps);
  }
  return steps;
}

const byPath = new WeakMap<Plan, ReadonlyMap<string, PlanStep>>();

/** One of {@link planSteps} by its path. Remembered by plan. */
export function planStep(plan: Plan, path: string): PlanStep | undefined {
  let steps = byPath.get(plan);
  if (steps === undefined) {
    steps = new Map([...planSteps(plan)].reverse().map((step) => [step.path, step]));
    byPath.set(plan, steps);
  }
  return steps.get(path);
}

/** Title of a step or group by its path; the path itself when the plan has no such node. */
export function stepTitle(plan: Plan, path: string): string {
  return planStep(plan, path)?.title ?? path;
}

/** Where the steps and groups of this id stand at or below a path, but not in files that are used there: their ids are their own. */
export function pathsOfId(nodes: readonly PlanNode[], id: string, below: string, uses: readonly string[]): readonly string[] {
  return nodes.flatMap((node) => {
    const isBatch = node.path.lastIndexOf('@') > node.path.lastIndexOf('/');
    const here = node.id === id && !isBatch && (below === '' || node.path.startsWith(`${below}/`)) ? [node.path] : [];
    const leadsThere = node.path === below || below.startsWith(`${node.path}/`);
    return node.kind === 'step' || (uses.includes(node.path) && !leadsThere)
      ? here
      : [...here, ...pathsOfId(node.children, id, below, uses)];
  });
}

/** How many parts two paths have in common from the root: how near two steps stand to each other. */
export function sharedParts(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return shared;
}
