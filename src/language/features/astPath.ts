import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair } from 'yaml';
import type { Range } from '../text/range.js';

/** Member of a mapping or item of a list; null when there is none. */
export function childOf(node: Node | null, step: string | number): Node | null {
  if (isSeq(node) && typeof step === 'number') return (node.items[step] ?? null) as Node | null;
  if (!isMap(node)) return null;
  return (node.items as Pair<Node, Node | null>[]).find((pair) => keyOf(pair) === step)?.value ?? null;
}

/** Names of the keys of a mapping, in order. */
export function keysOf(node: Node | null): readonly string[] {
  return isMap(node) ? (node.items as Pair<Node, Node | null>[]).map(keyOf) : [];
}

/** Text of a scalar; undefined for anything else. */
export function textOf(node: Node | null): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** Range of a node in the text, without what trails it. */
export function rangeOf(node: Node | null): Range {
  const [start, end] = node?.range ?? [0, 0];
  return { start, end };
}

function keyOf({ key }: Pair<Node, Node | null>): string {
  return isScalar<string | null>(key) ? (key.value ?? '') : '';
}
