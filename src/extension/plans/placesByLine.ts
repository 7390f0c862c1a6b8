import type { OutlineNode } from '../../language/index.js';
import type { Plan } from '../../planner/index.js';

export type PlanNode = Plan['steps'][number];

/** The steps and groups of a plan by the line of a file on which their text begins; the batches of a group are within it, and not there by themselves. */
export type PlacesByLine = ReadonlyMap<number, readonly PlanNode[]>;

export function placesByLine({ steps }: Pick<Plan, 'steps'>, file: string): PlacesByLine {
  const found = new Map<number, PlanNode[]>();
  const visit = (node: PlanNode, around: PlanNode | undefined): void => {
    const isBatch = around?.id === node.id && around.at.line === node.at.line && around.at.file === node.at.file;
    if (node.at.file === file && !isBatch) {
      const known = found.get(node.at.line);
      if (known === undefined) found.set(node.at.line, [node]);
      else known.push(node);
    }
    if (node.kind === 'group') for (const child of node.children) visit(child, node);
  };
  for (const node of steps) visit(node, undefined);
  return found;
}

/** What a step of a text is in a plan: one that is used twice, or carried out batch by batch, is there several times; a procedure by itself is not. */
export function plannedAs({ path }: OutlineNode, line: number, places: PlacesByLine): readonly PlanNode[] {
  const id = path.split('/').at(-1);
  return (places.get(line) ?? []).filter((node) => node.id === id);
}

/** What a step of a text was in an earlier plan: the one with its path, wherever it stood then, else what began on its line. */
export function plannedBefore(node: OutlineNode, line: number, plan: Pick<Plan, 'steps'>, places: PlacesByLine): readonly PlanNode[] {
  const found = node.section === 'procedures' ? undefined : withPath(plan.steps, node.path);
  return found === undefined ? plannedAs(node, line, places) : [found];
}

function withPath(nodes: readonly PlanNode[], path: string): PlanNode | undefined {
  for (const node of nodes) {
    if (node.path === path) return node;
    const below = node.kind === 'group' && path.startsWith(`${node.path}/`) ? withPath(node.children, path) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}
