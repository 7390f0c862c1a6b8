import { parse, stringify } from 'yaml';

/** A mapping of a document as plain data. */
export type Tree = Record<string, unknown>;

/** A document as data in which nothing is shared: what an alias stands for is there as often as it is used. */
export function copyOf(text: string): Tree {
  return JSON.parse(JSON.stringify(parse(text))) as Tree;
}

/** Data as a document. */
export function written(tree: Tree): string {
  return stringify(tree, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** A key somewhere in the data. */
export interface KeyPlace {
  readonly key: string;
  /** Keys and ids from the top down to the key: `steps/stop/verify`. */
  readonly name: string;
  /** The way to the mapping it is a key of. */
  readonly path: readonly string[];
}

/** Every key of the data, in its order. */
export function keysOf(node: unknown, path: readonly string[] = [], names: readonly string[] = []): readonly KeyPlace[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => keysOf(item, [...path, String(index)], [...names, nameOf(item, index)]));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, member]) => [
    { key, name: [...names, key].join('/'), path },
    ...keysOf(member, [...path, key], [...names, key]),
  ]);
}

/** What an item of a list is called: its id or its title, else its number. */
export function nameOf(item: unknown, index: number): string {
  const { id, title } = (item ?? {}) as { id?: unknown; title?: unknown };
  return typeof id === 'string' ? id : typeof title === 'string' ? title : String(index + 1);
}
