import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Range } from '../text/range.js';
import { visibleRange } from '../text/syntaxNode.js';
import type { KeyNode, ListNode, MappingNode, MemberNode, SyntaxNode } from '../text/syntaxNode.js';

/** The nodes of a document of the library, however broken. Undefined for one without contents. */
export function nodesOf(text: string, document: Document): SyntaxNode | undefined {
  return new Conversion(text, document).node(document.contents);
}

type Filling<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };

class Conversion {
  readonly #text: string;
  readonly #document: Document;
  /** Also those whose members are still being read: an alias may stand within what it names. */
  readonly #known = new Map<Node, SyntaxNode>();

  constructor(text: string, document: Document) {
    this.#text = text;
    this.#document = document;
  }

  node(node: Node | null): SyntaxNode | undefined {
    if (node === null) return undefined;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const range = this.#range(node);
    if (isMap(node)) return this.#mapping(node as YAMLMap<Node, Node | null>, range);
    if (isSeq(node)) return this.#list(node as YAMLSeq<Node | null>, range);
    if (isAlias(node))
      return { kind: 'alias', ...range, name: node.source, target: this.node((node.resolve(this.#document) as Node | undefined) ?? null) };
    if (!isScalar(node)) return undefined;
    const plain = node.type === 'PLAIN';
    return this.#remember(node, { kind: 'scalar', ...range, value: node.value, source: node.source ?? String(node.value), plain });
  }

  #mapping(node: YAMLMap<Node, Node | null>, range: Range): MappingNode {
    const mapping: Filling<MappingNode> = { kind: 'mapping', ...range, members: [] };
    this.#remember(node, mapping);
    for (const pair of node.items) mapping.members.push(this.#member(pair));
    const last = mapping.members.at(-1);
    if (node.flow !== true && last !== undefined) mapping.end = Math.max(last.key.end, last.value?.end ?? 0, range.start);
    return mapping;
  }

  #member({ key, value }: Pair<Node, Node | null>): MemberNode {
    const name: KeyNode = { ...this.#range(key), text: isScalar<string | null>(key) ? (key.value ?? '') : '' };
    return { key: name, value: this.node(value) };
  }

  #list(node: YAMLSeq<Node | null>, range: Range): ListNode {
    const list: Filling<ListNode> = { kind: 'list', ...range, items: [] };
    this.#remember(node, list);
    for (const item of node.items) list.items.push(this.node(item));
    // Comments behind the last item are no part of a list.
    const last = list.items.at(-1);
    if (node.flow !== true && last !== undefined) list.end = Math.max(last.end, range.start);
    return list;
  }

  #remember<T extends SyntaxNode>(node: Node, made: T): T {
    this.#known.set(node, made);
    return made;
  }

  #range(node: Node | null | undefined): Range {
    const [start, end] = node?.range ?? [0, 0];
    return visibleRange(this.#text, start, end);
  }
}
