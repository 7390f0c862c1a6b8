import { isMap, isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Pair, Scalar, YAMLMap } from 'yaml';

/** A runbook or inventory with one thing changed. */
export interface Mutant {
  readonly text: string;
  /** What is different, for people and for the table of survivors: `misspelt key: steps/stop/verify`. */
  readonly what: string;
}

/** Another text at one place. */
export function replaced(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** A word as it is often mistyped: with a letter in the middle typed twice. */
export function misspelt(word: string): string {
  const middle = Math.floor(word.length / 2);
  return word.slice(0, middle) + (word[middle] ?? '') + word.slice(middle);
}

/** A key of a mapping, with the place of both. */
export interface Place {
  readonly pair: Pair<Scalar, unknown>;
  readonly map: YAMLMap;
  /** Keys and ids from the top down to the key: `steps/stop/verify`. */
  readonly name: string;
  /** The keys above, the nearest last; without the numbers of lists. */
  readonly above: readonly string[];
}

/** Every key of a document, in the order of its text. Aliases are not followed: what they stand for has its place once. */
export function placesOf(text: string): readonly Place[] {
  const document = parseDocument(text, { keepSourceTokens: true });
  const places: Place[] = [];
  visit(document, {
    Pair: (_key, pair, path) => {
      const map = path.at(-1);
      if (!isScalar(pair.key) || !isMap(map)) return;
      const above = path.flatMap((node) => (isPair(node) && isScalar(node.key) ? [String(node.key.value)] : []));
      const names = path.flatMap((node, index) => {
        if (isPair(node) && isScalar(node.key)) return [String(node.key.value)];
        const list = path[index - 1];
        if (!isMap(node) || !isSeq(list)) return [];
        const id = node.get('id') ?? node.get('title');
        return [typeof id === 'string' ? id : String(list.items.indexOf(node) + 1)];
      });
      places.push({ pair: pair as Pair<Scalar, unknown>, map, name: [...names, String(pair.key.value)].join('/'), above });
    },
  });
  return places;
}
