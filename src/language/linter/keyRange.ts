import type { ParsedRunbook } from '../project.js';
import type { Range } from '../text/range.js';

/** Where the first of these keys stands, else the whole mapping. Undefined for data that has no place in the file. */
export function keyRange(document: ParsedRunbook, mapping: object, ...keys: readonly string[]): Range | undefined {
  for (const key of keys) {
    const range = document.positions.key(mapping, key);
    if (range !== undefined) return range;
  }
  return document.positions.of(mapping);
}
