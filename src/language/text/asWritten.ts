import type { MemberNode, SyntaxNode } from './syntaxNode.js';

/** Members of a mapping that stands there itself; none for anything else, an alias among it. */
export function membersOf(node: SyntaxNode | undefined): readonly MemberNode[] {
  return node?.kind === 'mapping' ? node.members : [];
}

/** The first member of this name, which is the one that counts. */
export function memberOf(node: SyntaxNode | undefined, key: string): MemberNode | undefined {
  return node?.kind === 'mapping' ? node.members.find((member) => member.key.text === key) : undefined;
}

/** The value of a key; undefined where there is none. */
export function valueOf(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  return memberOf(node, key)?.value;
}

/** The text of a scalar that is one. */
export function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
