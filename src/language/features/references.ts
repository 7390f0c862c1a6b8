import { distinct } from './definition.js';
import type { Place } from './definition.js';
import { occurrenceAt } from './symbols/symbol.js';
import type { SymbolTable } from './symbols/symbol.js';
import type { SymbolIndex } from './symbols/symbolIndex.js';

/** Everything with the meaning of what stands at an offset, in all files. With `declarations`, where it is declared as well. */
export function referencesAt(
  index: SymbolIndex,
  table: SymbolTable,
  offset: number,
  { declarations }: { readonly declarations: boolean },
): readonly Place[] {
  const occurrence = occurrenceAt(table, offset);
  if (occurrence === undefined) return [];
  const keys = [...index.same(index.keysOf({ table, occurrence }))];
  return distinct(keys.flatMap((key) => index.occurrencesOf(key)))
    .filter((placed) => declarations || !placed.occurrence.declares)
    .map((placed) => ({ file: placed.table.file, range: placed.occurrence.range }));
}
