import type { SymbolTable } from './symbol.js';
import { SymbolIndex } from './symbolIndex.js';

/** The index over tables, made anew only where they are others than last time: mostly nothing has changed between two questions. */
export function rememberedIndex(): (tables: ReadonlyMap<string, SymbolTable>) => SymbolIndex {
  let last: SymbolIndex | undefined;
  return (tables) => {
    if (last === undefined || !isSame(last.tables, tables)) last = new SymbolIndex(tables);
    return last;
  };
}

/** The same tables in the same order: places are given in it. */
function isSame(some: ReadonlyMap<string, SymbolTable>, others: ReadonlyMap<string, SymbolTable>): boolean {
  const known = [...some.values()];
  return known.length === others.size && [...others.values()].every((table, index) => known[index] === table);
}
