import type { Range } from './range.js';
import type { ListNode, MappingNode, MemberNode } from './syntaxNode.js';

/** Where the parts of plain data came from. Data made elsewhere has no place. */
export interface Positions {
  /** The whole mapping or list. */
  of(value: object): Range | undefined;
  /** The key of a member. */
  key(mapping: object, key: string): Range | undefined;
  /** The value of a member, or an item of a list. For a scalar: its source text, quotes included. A member without value stands at its key. */
  value(container: object, key: string | number): Range | undefined;
}

/** Mappings from this size on get an index of their keys. */
const LARGE = 16;

/** Remembers by the identity of mappings and lists which nodes they came from; places are looked up there. */
export class PositionIndex implements Positions {
  readonly #nodes = new Map<object, MappingNode | ListNode>();
  readonly #large = new Map<MappingNode, ReadonlyMap<string, MemberNode>>();

  add(value: object, node: MappingNode | ListNode): void {
    this.#nodes.set(value, node);
  }

  /** Everything that has a place, with the node it came from. */
  get entries(): Iterable<readonly [object, MappingNode | ListNode]> {
    return this.#nodes;
  }

  of(value: object): Range | undefined {
    return rangeOf(this.#nodes.get(value));
  }

  key(mapping: object, key: string): Range | undefined {
    return rangeOf(this.#member(mapping, key)?.key);
  }

  value(container: object, key: string | number): Range | undefined {
    const node = this.#nodes.get(container);
    if (node?.kind === 'list') {
      if (typeof key !== 'number' || key >= node.items.length) return undefined;
      return rangeOf(node.items[key] ?? node);
    }
    const member = this.#member(container, String(key));
    return rangeOf(member?.value === undefined || member.value.end === member.value.start ? member?.key : member.value);
  }

  /** The first of its name. */
  #member(mapping: object, key: string): MemberNode | undefined {
    const node = this.#nodes.get(mapping);
    if (node?.kind !== 'mapping') return undefined;
    if (node.members.length < LARGE) return node.members.find((member) => member.key.text === key);
    let index = this.#large.get(node);
    if (index === undefined) {
      index = new Map([...node.members].reverse().map((member) => [member.key.text, member]));
      this.#large.set(node, index);
    }
    return index.get(key);
  }
}

function rangeOf(node: Range | undefined): Range | undefined {
  return node === undefined ? undefined : { start: node.start, end: node.end };
}
