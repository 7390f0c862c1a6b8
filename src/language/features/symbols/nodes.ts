import type { AliasNode, KeyNode, MappingNode, MemberNode, ScalarNode, SyntaxNode } from '../../text/syntaxNode.js';
import type { NodeKind } from '../../schema/lookup.js';

type Solid = Exclude<SyntaxNode, AliasNode>;

/** What a node stands for: itself, or what its alias names. Undefined for an alias of nothing. */
export function solid(node: SyntaxNode | undefined): Solid | undefined {
  let current = node;
  for (let hops = 0; current?.kind === 'alias'; hops++) {
    if (hops > 20) return undefined;
    current = current.target;
  }
  return current;
}

/** Members of a mapping; none for anything else. */
export function membersOf(node: SyntaxNode | undefined): readonly MemberNode[] {
  const found = solid(node);
  return found?.kind === 'mapping' ? found.members : [];
}

/** Items of a list; none for anything else. */
export function itemsOf(node: SyntaxNode | undefined): readonly (SyntaxNode | undefined)[] {
  const found = solid(node);
  return found?.kind === 'list' ? found.items : [];
}

export function memberOf(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  return membersOf(node).find((member) => member.key.text === key)?.value;
}

/** Text of a scalar; undefined for anything else. */
export function textOf(node: SyntaxNode | undefined): string | undefined {
  const found = solid(node);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}

/** Texts of a list, or the one that stands for it. */
export function textsOf(node: SyntaxNode | undefined): readonly string[] {
  const one = textOf(node);
  return one === undefined ? itemsOf(node).flatMap((item) => textOf(item) ?? []) : [one];
}

export function isMapping(node: SyntaxNode | undefined): node is MappingNode {
  return node?.kind === 'mapping';
}

/** From a key to the end of its value. */
export function wholeOf(key: KeyNode, value: SyntaxNode | undefined): { start: number; end: number } {
  return { start: key.start, end: Math.max(key.end, value?.end ?? 0) };
}

/** What the schema takes a node for. */
export function kindOfNode(node: Solid): NodeKind {
  if (node.kind !== 'scalar') return node.kind;
  return kindOfScalar(node);
}

function kindOfScalar({ value }: ScalarNode): NodeKind {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
    case 'bigint':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'nothing';
  }
}
