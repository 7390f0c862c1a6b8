import { isEarlierNeeded } from './support/neededValues.js';
import type { Mutant } from './support/mutant.js';
import { copyOf, nameOf, written } from './support/tree.js';
import type { Tree } from './support/tree.js';

/** Two steps that stand the other way round. */
export interface Swap extends Mutant {
  /** What the swap takes from other parts of the runbook, whatever the orders: a value that comes too late, a range that runs backwards. */
  readonly breaks: readonly string[];
}

/** Every two neighbouring steps swapped, in each list of steps: sections, groups and procedures. */
export function* swaps(text: string): Generator<Swap> {
  const whole = copyOf(text);
  for (const { path, names } of listsIn(whole)) {
    const steps = listAt(whole, path);
    for (let index = 0; index + 1 < steps.length; index++) {
      const tree = copyOf(text);
      const list = listAt(tree, path);
      const [first, second] = [list[index], list[index + 1]] as [Tree, Tree];
      list[index] = second;
      list[index + 1] = first;
      yield {
        text: written(tree),
        what: `swapped: ${names.join('/')}/${nameOf(first, index)} and ${nameOf(second, index + 1)}`,
        breaks: [
          ...(isEarlierNeeded(first, second, whole) ? ['a value is needed before its step'] : []),
          ...(isRange(first, second, text) ? ['a range runs backwards'] : []),
        ],
      };
    }
  }
}

/** Whether something uses the steps from the first to the second of two. */
function isRange(first: Tree, second: Tree, text: string): boolean {
  return [first, second].every(({ id }) => typeof id === 'string') && text.includes(`#${String(first['id'])}..${String(second['id'])}`);
}

interface ListPlace {
  readonly path: readonly string[];
  readonly names: readonly string[];
}

function listsIn(runbook: Tree): readonly ListPlace[] {
  const sections = ['prerequisites', 'steps', 'finally'].filter((section) => Array.isArray(runbook[section])).map((section) => [section]);
  const procedures = Object.keys((runbook['procedures'] ?? {}) as Tree).map((name) => ['procedures', name]);
  const below = ({ path, names }: ListPlace): readonly ListPlace[] => {
    const own = listAt(runbook, path).flatMap((step, index) =>
      Array.isArray(step['steps']) ? [{ path: [...path, String(index), 'steps'], names: [...names, nameOf(step, index)] }] : [],
    );
    return [{ path, names }, ...own.flatMap(below)];
  };
  return [...sections, ...procedures].flatMap((path) => below({ path, names: path }));
}

function listAt(tree: Tree, path: readonly string[]): Tree[] {
  return path.reduce<unknown>((node, part) => (node as Tree)[part], tree) as Tree[];
}
