import { parse, stringify } from 'yaml';

type Tree = Record<string, unknown>;

/** Steps taken out of their places and put before or after another one, which may stand in another list. */
export interface Move {
  /** Ids of the steps, in the order in which they are to stand. */
  readonly steps: readonly string[];
  readonly before?: string;
  readonly after?: string;
}

/** A runbook with some of its steps in other places. Throws when one of them does not exist. */
export function rearranged(text: string, { steps, before, after }: Move): string {
  const tree = JSON.parse(JSON.stringify(parse(text))) as Tree;
  const taken = steps.map((id) => {
    const { list, index } = placeOf(tree, id);
    return list.splice(index, 1)[0] as Tree;
  });
  const { list, index } = placeOf(tree, before ?? after ?? '');
  list.splice(before === undefined ? index + 1 : index, 0, ...taken);
  return stringify(tree, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** The first step with an id: in the sections first, then in the procedures. */
function placeOf(tree: Tree, id: string): { readonly list: Tree[]; readonly index: number } {
  const lists = [tree['prerequisites'], tree['steps'], tree['finally'], ...Object.values((tree['procedures'] ?? {}) as Tree)];
  const queue = lists.filter((list): list is Tree[] => Array.isArray(list));
  for (let list = queue.shift(); list !== undefined; list = queue.shift()) {
    const index = list.findIndex((step) => step['id'] === id);
    if (index >= 0) return { list, index };
    queue.push(...list.flatMap((step) => (Array.isArray(step['steps']) ? [step['steps'] as Tree[]] : [])));
  }
  throw new Error(`there is no step "${id}"`);
}
