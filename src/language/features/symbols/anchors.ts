import { tokensOf } from '../../parser/token.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import type { TableBuilder } from './tableBuilder.js';

/** Adds the anchors of a text that has aliases, and the aliases. An alias means the last anchor of its name before it. */
export function declareAnchors(builder: TableBuilder, root: SyntaxNode | undefined): void {
  if (root === undefined || !/[ ,[\n-][*]\S/.test(builder.text)) return;
  const latest = new Map<string, string>();
  for (const { type, source, offset } of tokensOf(builder.text)) {
    if (type !== 'anchor' && type !== 'alias') continue;
    const name = source.slice(1);
    const range = { start: offset + 1, end: offset + source.length };
    const place = { range, exact: true };
    if (type === 'anchor') {
      latest.set(name, String(range.start));
      const id = builder.id('anchor', name, String(range.start));
      builder.declare(place, name, { id, whole: range, title: undefined, among: -1 });
    } else builder.mention(place, name, [[builder.id('anchor', name, latest.get(name) ?? '')]]);
  }
}
