import type { Range } from '../text/range.js';
import { occurrenceAt } from './symbols/symbol.js';
import type { Declaration, SymbolTable } from './symbols/symbol.js';
import type { Placed, SymbolIndex } from './symbols/symbolIndex.js';

/** A place in some file. */
export interface Place {
  readonly file: string;
  /** Of the name alone. */
  readonly range: Range;
  /** With what it stands for, where that is more than the name. */
  readonly whole?: Range;
}

/** A definition, and the name it was asked for. */
export interface Definition {
  readonly origin: Range;
  readonly places: readonly Place[];
}

/**
 * Where what stands at an offset is declared. From an inventory that is the runbook it is bound for; a name that is bound nowhere else leads to
 * its own declaration.
 */
export function definitionAt(index: SymbolIndex, table: SymbolTable, offset: number): Definition | undefined {
  const occurrence = occurrenceAt(table, offset);
  if (occurrence === undefined) return undefined;
  const keys = index.keysOf({ table, occurrence });
  const own = keys.flatMap((key) => index.declarationsOf(key));
  const far =
    table.kind === 'inventory' || own.length === 0
      ? [...index.same(keys)].flatMap((key) => index.declarationsOf(key)).filter((placed) => placed.table.kind === 'runbook')
      : [];
  const found = far.length > 0 ? far : own;
  return found.length === 0 ? undefined : { origin: occurrence.range, places: distinct(found).map(placeOf) };
}

function placeOf({ table, occurrence }: Placed<Declaration>): Place {
  return { file: table.file, range: occurrence.range, whole: occurrence.whole };
}

/** The same things in order of file and place, each once. */
export function distinct<T extends Placed>(all: readonly T[]): readonly T[] {
  const byPlace = new Map(all.map((placed) => [`${placed.table.file}\n${String(placed.occurrence.range.start)}`, placed]));
  return [...byPlace.values()].sort((a, b) =>
    a.table.file === b.table.file ? a.occurrence.range.start - b.occurrence.range.start : a.table.file < b.table.file ? -1 : 1,
  );
}
