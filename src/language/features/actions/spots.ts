import type { Range, TextEdit } from '../../text/range.js';
import { valueOf } from '../../text/asWritten.js';
import type { ListNode, MappingNode, SyntaxNode } from '../../text/syntaxNode.js';

/** A step with the list it stands in. */
export interface StepSpot {
  readonly list: ListNode;
  readonly index: number;
  readonly step: MappingNode;
}

const SECTIONS = ['prerequisites', 'steps', 'finally'];

/** What an action looks at: a text, read, and what is selected in it. */
export interface Selected {
  readonly file: string;
  readonly text: string;
  readonly root: MappingNode;
  readonly range: Range;
}

/** A rewriting of one text. */
export interface Rewriting {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Every step of a runbook, groups before what is in them. */
export function* stepsIn(root: MappingNode): Generator<StepSpot> {
  for (const section of SECTIONS) yield* stepsOf(valueOf(root, section));
  const procedures = valueOf(root, 'procedures');
  if (procedures?.kind === 'mapping') for (const { value } of procedures.members) yield* stepsOf(value);
}

/** The innermost step around a place. */
export function stepAt({ root, range }: Selected): StepSpot | undefined {
  return [...stepsIn(root)].findLast(({ step }) => step.start <= range.start && range.start <= step.end);
}

/** Every mapping around a place, the innermost first. */
export function mappingsAround(root: SyntaxNode | undefined, { start }: Range): readonly MappingNode[] {
  const around: MappingNode[] = [];
  let node = root;
  while (node !== undefined) {
    if (node.kind === 'mapping') {
      around.unshift(node);
      node = node.members.find(({ key, value }) => key.start <= start && start <= Math.max(key.end, value?.end ?? 0))?.value;
    } else if (node.kind === 'list') node = node.items.find((item) => item !== undefined && item.start <= start && start <= item.end);
    else node = undefined;
  }
  return around;
}

function* stepsOf(list: SyntaxNode | undefined): Generator<StepSpot> {
  if (list?.kind !== 'list') return;
  for (const [index, step] of list.items.entries()) {
    if (step?.kind !== 'mapping') continue;
    yield { list, index, step };
    yield* stepsOf(valueOf(step, 'steps'));
  }
}
