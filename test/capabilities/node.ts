import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document } from 'yaml';

/** A part of an example: `sps/sps.runbook.yaml#stop_other.undo`. */
export interface NodeRef {
  readonly file: string;
  /** What stands after `#`: a key of the file or the id of a step (`group/step` where an id occurs twice), then keys below it, by dots. */
  readonly path: string;
}

type Key = string | number;

export function nodeRef(text: string): NodeRef {
  const [file = '', path = ''] = text.split('#');
  return { file, path };
}

/** Line (1-based) on which a node begins. Throws when there is no such node. */
export function lineOf(text: string, path: string): number {
  const document = parseDocument(text);
  const place = placeOf(document, path);
  const node = document.getIn(place, true) as { range?: readonly number[] } | undefined;
  const parent = document.getIn(place.slice(0, -1), true);
  const key = isMap(parent) ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === place.at(-1))?.key : node;
  const start = ((key ?? node) as { range?: readonly number[] } | undefined)?.range?.[0] ?? 0;
  return text.slice(0, start).split('\n').length;
}

/** The text without a node. What holds nothing else goes with it, so that the text keeps its shape. */
export function withoutNode(text: string, path: string): string {
  const document = parseDocument(text);
  let place = placeOf(document, path);
  for (;;) {
    document.deleteIn(place);
    const parent = document.getIn(place.slice(0, -1), true);
    const isEmpty = (isMap(parent) || isSeq(parent)) && parent.items.length === 0;
    if (!isEmpty || place.length <= 1) break;
    place = place.slice(0, -1);
  }
  return document.toString();
}

function placeOf(document: Document, path: string): readonly Key[] {
  const [head = '', ...keys] = path.split('.');
  let place: readonly Key[] | undefined = document.hasIn([head]) ? [head] : stepPlace(document, head.split('/'));
  for (const key of keys) place = place === undefined ? undefined : below(document, place, key);
  if (place === undefined) throw new Error(`there is no "${path}"`);
  return place;
}

/** The place of a key in a mapping, of an item in a list by its number, or by its `id`, `value` or `title`. */
function below(document: Document, place: readonly Key[], key: string): readonly Key[] | undefined {
  const node = document.getIn(place, true);
  if (isMap(node)) return node.has(key) ? [...place, key] : undefined;
  if (!isSeq(node)) return undefined;
  const index = /^\d+$/.test(key)
    ? Number(key)
    : node.items.findIndex((item) => isMap(item) && ['id', 'value', 'choice', 'title', 'prompt'].some((name) => item.get(name) === key));
  return index >= 0 && index < node.items.length ? [...place, index] : undefined;
}

function stepPlace(document: Document, ids: readonly string[]): readonly Key[] | undefined {
  const lists: (readonly Key[])[] = ['prerequisites', 'steps', 'finally'].map((section) => [section]);
  const procedures = document.get('procedures', true);
  if (isMap(procedures)) lists.push(...procedures.items.map(({ key }): readonly Key[] => ['procedures', String(key)]));
  for (const list of lists) {
    const found = inList(document, list, ids);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inList(document: Document, list: readonly Key[], ids: readonly string[]): readonly Key[] | undefined {
  const node = document.getIn(list, true);
  if (!isSeq(node)) return undefined;
  for (const [index, item] of node.items.entries()) {
    if (!isMap(item)) continue;
    const place = [...list, index];
    const rest = item.get('id') === ids[0] ? ids.slice(1) : ids;
    if (rest.length === 0) return place;
    const inside = inList(document, [...place, 'steps'], rest);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
