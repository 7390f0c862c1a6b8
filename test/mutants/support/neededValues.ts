import type { Tree } from './tree.js';

/** Whether a later step, or anything in it, names a value that an earlier one, or anything in that, yields. */
export function isEarlierNeeded(earlier: Tree, later: Tree, runbook: Tree): boolean {
  const yielded = new Set(stepsWithin(earlier, runbook).map(({ id }) => id));
  return stepsWithin(later, runbook).some((step) => {
    const { steps: _steps, ...own } = step;
    return [...JSON.stringify(own).matchAll(/\bsteps\.([a-z_]\w*)/g)].some((match) => match[1] !== step['id'] && yielded.has(match[1]));
  });
}

/** A step and all that it holds or uses from its own file. */
function stepsWithin(step: Tree, runbook: Tree): readonly Tree[] {
  const inner = (step['steps'] ?? []) as readonly Tree[];
  const { use: reference } = step;
  const use = typeof reference === 'string' ? /^#(\w+)$/.exec(reference)?.[1] : undefined;
  const procedure = use === undefined ? undefined : ((runbook['procedures'] ?? {}) as Record<string, readonly Tree[]>)[use];
  return [step, ...[...inner, ...(procedure ?? [])].flatMap((part) => stepsWithin(part, runbook))];
}
