import { readSyntax } from '../parser/readSyntax.js';
import { tokensOf } from '../parser/token.js';
import type { SyntaxNode } from '../text/syntaxNode.js';

/** Whether a text that was made of another one, of which `root` is the data, is sound, and has the same data and the same comments in the same order. */
export function saysTheSame(text: string, root: SyntaxNode | undefined, made: string): boolean {
  const after = readSyntax(made);
  return after.sound && sameData(root, after.root) && sameTexts(commentsOf(text), commentsOf(made));
}

function commentsOf(text: string): readonly string[] {
  return [...tokensOf(text)].filter(({ type }) => type === 'comment').map(({ source }) => source.trimEnd());
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

function sameData(a: SyntaxNode | undefined, b: SyntaxNode | undefined): boolean {
  if (a?.kind === 'mapping' && b?.kind === 'mapping')
    return (
      a.members.length === b.members.length &&
      a.members.every(({ key, value }, index) => {
        const other = b.members[index];
        return other !== undefined && key.text === other.key.text && sameData(value, other.value);
      })
    );
  if (a?.kind === 'list' && b?.kind === 'list')
    return a.items.length === b.items.length && a.items.every((item, index) => sameData(item, b.items[index]));
  if (a?.kind === 'scalar' && b?.kind === 'scalar') return Object.is(a.value, b.value);
  if (a?.kind === 'alias' && b?.kind === 'alias') return a.name === b.name;
  return a === undefined && b === undefined;
}
