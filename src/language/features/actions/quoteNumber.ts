import { quoteYaml } from '../../text/quote.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import type { Rewriting, Selected } from './spots.js';

/** Puts a number with a dot in quotes, so that it stays the text it looks like: `10.10` and not 10.1. */
export function quoteNumber({ text, root, range }: Selected): Rewriting | undefined {
  const found = scalarAt(root, range.start);
  if (found?.kind !== 'scalar' || !found.plain || typeof found.value !== 'number') return undefined;
  const written = text.slice(found.start, found.end);
  if (!/^\d+\.\d+$/.test(written)) return undefined;
  return {
    title: `Put the version ${written} in quotes`,
    edits: [{ range: { start: found.start, end: found.end }, text: quoteYaml(written) }],
  };
}

function scalarAt(node: SyntaxNode | undefined, offset: number): SyntaxNode | undefined {
  if (node === undefined || node.start > offset || node.end < offset) return undefined;
  if (node.kind === 'mapping') {
    const member = node.members.find(({ value }) => value !== undefined && value.start <= offset && offset <= value.end);
    return scalarAt(member?.value, offset);
  }
  if (node.kind === 'list')
    return scalarAt(
      node.items.find((item) => item !== undefined && item.start <= offset && offset <= item.end),
      offset,
    );
  return node;
}
