import { parseUseReference } from '../../model/useReference.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { itemsOf, memberOf } from '../symbols/nodes.js';
import { declarationsOf, stepLists } from './declared.js';
import type { DeclaredStep } from './declared.js';

/** The steps that the part after `#` of a use stands for: a procedure, a step, or a range of one list. Empty where it names nothing. */
export function stepsUsed(root: SyntaxNode | undefined, reference: string): readonly SyntaxNode[] {
  const parsed = parseUseReference(reference.replace(/^[^#]*/, ''));
  if (parsed?.id === undefined) return reference.includes('#') ? [] : mappings(memberOf(root, 'steps'));
  const { procedures, steps } = declarationsOf(root);
  const procedure = procedures.find(({ name }) => name === parsed.id);
  if (parsed.to === undefined && procedure !== undefined) return mappings(procedure.node);
  for (const first of steps.filter(({ name }) => name === parsed.id)) {
    const last = steps.find(({ name, list, index }) => name === (parsed.to ?? parsed.id) && list === first.list && index >= first.index);
    if (last !== undefined) return between(root, first, last);
  }
  return [];
}

function between(root: SyntaxNode | undefined, first: DeclaredStep, last: DeclaredStep): readonly SyntaxNode[] {
  const list = findList(stepLists(root), first.list, 0);
  return mappings(list).slice(first.index, last.index + 1);
}

function findList(lists: readonly (SyntaxNode | undefined)[], start: number, depth: number): SyntaxNode | undefined {
  for (const list of lists) {
    if (list === undefined || depth > 64) continue;
    if (list.start === start) return list;
    const found = findList(
      itemsOf(list).map((step) => memberOf(step, 'steps')),
      start,
      depth + 1,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function mappings(list: SyntaxNode | undefined): readonly SyntaxNode[] {
  return itemsOf(list).filter((item): item is SyntaxNode => item !== undefined);
}
