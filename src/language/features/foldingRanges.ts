import { LineIndex } from '../text/lineIndex.js';
import type { SyntaxNode } from '../text/syntaxNode.js';

/** Lines that can be folded away, all but the first. Lines are 1-based, the last included. */
export interface FoldingRange {
  readonly start: number;
  readonly end: number;
  readonly kind: 'region' | 'comment';
}

/** Every key and list item that goes over several lines, and comments of several lines. In order; of two that begin on one line the longer one. */
export function foldingRangesOf(text: string, root: SyntaxNode | undefined): readonly FoldingRange[] {
  const lines = new LineIndex(text);
  const byStart = new Map<number, FoldingRange>();
  const lineOf = (offset: number): number => lines.position(offset).line;
  const add = (from: number, to: number, kind: FoldingRange['kind']): void => {
    const [start, end] = [lineOf(from), lineOf(Math.max(from, to))];
    const known = byStart.get(start);
    if (end > start && (known === undefined || known.end < end)) byStart.set(start, { start, end, kind });
  };
  const visit = (node: SyntaxNode | undefined): void => {
    if (node?.kind === 'mapping') {
      for (const { key, value } of node.members) {
        if (value !== undefined && value.kind !== 'alias') add(key.start, value.end, 'region');
        visit(value);
      }
    } else if (node?.kind === 'list') {
      for (const item of node.items) {
        if (item !== undefined && item.kind !== 'alias') add(item.start, item.end, 'region');
        visit(item);
      }
    }
  };
  visit(root);
  for (const { start, end } of commentBlocks(text)) add(start, end, 'comment');
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

/** Two or more lines of nothing but comments. */
function* commentBlocks(text: string): Generator<{ start: number; end: number }> {
  for (const match of text.matchAll(/(?<=^|\n)[ \t]*#[^\n]*(?:\n[ \t]*#[^\n]*)+/g))
    yield { start: match.index, end: match.index + match[0].length };
}
