import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import type { JsonSchema } from '../schema/jsonSchema.js';
import { branchesOf, branchFor, memberSchema } from '../schema/lookup.js';
import type { Range } from '../text/range.js';

/** A way from the root of a document to a node. */
export interface AstPath {
  /** Keys and indexes from the root. */
  readonly steps: readonly (string | number)[];
  /** Mappings and lists on the way, the root first. */
  readonly containers: readonly Node[];
  /** What was hit. */
  readonly node: Node | null;
  /** The key of a pair was hit, not its value; then the last step is that key. */
  readonly onKey: boolean;
  readonly range: Range;
}

/** The innermost key or value at an offset; undefined between them. Aliases are not followed. */
export function pathAt(document: Document, offset: number): AstPath | undefined {
  const steps: (string | number)[] = [];
  const containers: Node[] = [];
  let node: Node | null = document.contents;
  for (;;) {
    if (isMap(node)) {
      containers.push(node);
      const found = memberAt(node.items as Pair<Node, Node | null>[], offset);
      if (found === undefined) return undefined;
      steps.push(keyOf(found.pair));
      if (found.onKey) return { steps, containers, node: found.pair.key, onKey: true, range: rangeOf(found.pair.key) };
      node = found.pair.value;
    } else if (isSeq(node)) {
      containers.push(node);
      const index: number = node.items.findIndex((item) => contains(item as Node | null, offset));
      if (index < 0) return undefined;
      steps.push(index);
      node = node.items[index] as Node | null;
    } else {
      return contains(node, offset) ? { steps, containers, node, onKey: false, range: rangeOf(node) } : undefined;
    }
  }
}

/** Schema of the place a path leads to, following the branch that each node on the way has taken. */
export function schemaAt(root: JsonSchema, document: Document, steps: readonly (string | number)[]): JsonSchema | undefined {
  let schema: JsonSchema = root;
  let node: Node | null = document.contents;
  for (const step of steps) {
    const branch: JsonSchema | undefined = branchFor(root, schema, typeof step === 'number' ? 'list' : 'mapping');
    const inner: JsonSchema | undefined =
      branch === undefined ? undefined : typeof step === 'number' ? branch.items : memberSchema(branch, step);
    if (inner === undefined) return undefined;
    schema = inner;
    node = childOf(node, step);
  }
  return schema;
}

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

/** Whether some branch of a schema is a mapping with keys to offer. */
export function mappingBranches(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[] {
  return branchesOf(root, schema).filter((branch) => branch.properties !== undefined);
}

function memberAt(
  pairs: readonly Pair<Node, Node | null>[],
  offset: number,
): { pair: Pair<Node, Node | null>; onKey: boolean } | undefined {
  for (const pair of pairs) {
    if (contains(pair.key, offset)) return { pair, onKey: true };
    if (contains(pair.value, offset)) return { pair, onKey: false };
  }
  return undefined;
}

function contains(node: Node | null, offset: number): boolean {
  if (node === null || isAlias(node) || node.range === null || node.range === undefined) return false;
  return offset >= node.range[0] && offset <= node.range[1];
}

function keyOf({ key }: Pair<Node, Node | null>): string {
  return isScalar<string | null>(key) ? (key.value ?? '') : '';
}
