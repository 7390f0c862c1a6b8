import { columnOf } from '../../../text/lines.js';
import type { Range } from '../../../text/range.js';
import type { MemberNode, SyntaxNode } from '../../../text/syntaxNode.js';

/** A value that stands in a block, neither within braces nor within brackets. */
export interface BlockSpot {
  readonly node: SyntaxNode;
  /** Columns of the key or the dash it stands behind. */
  readonly column: number;
  /** It is an item of a list. */
  readonly isItem: boolean;
}

/** The innermost value around a place that stands in a block; what is within it is in braces or brackets, or is no mapping or list. */
export function blockSpotAt(text: string, root: SyntaxNode, { start }: Range): BlockSpot | undefined {
  let node: SyntaxNode | undefined = root;
  let spot: BlockSpot | undefined;
  while (node !== undefined && (node.kind === 'mapping' || node.kind === 'list') && !isFlow(text, node)) {
    if (node.kind === 'mapping') {
      const member: MemberNode | undefined = node.members.find(
        ({ key, value }) => key.start <= start && start <= Math.max(key.end, value?.end ?? 0),
      );
      if (member?.value === undefined) return undefined;
      spot = { node: member.value, column: columnOf(text, member.key.start), isItem: false };
    } else {
      const item: SyntaxNode | undefined = node.items.find(
        (candidate) => candidate !== undefined && candidate.start <= start && start <= candidate.end,
      );
      if (item === undefined) return undefined;
      spot = { node: item, column: columnOf(text, node.start), isItem: true };
    }
    ({ node } = spot);
  }
  return spot;
}

/** A mapping in braces, or a list in brackets. */
export function isFlow(text: string, node: SyntaxNode): boolean {
  return (node.kind === 'mapping' || node.kind === 'list') && /[{[]/.test(text[node.start] ?? '');
}
