import { linksBetween } from './links.js';
import type { Links } from './links.js';
import { keyOf } from './symbol.js';
import type { Declaration, Occurrence, SymbolId, SymbolKey, SymbolTable } from './symbol.js';

/** An occurrence and the file it stands in. */
export interface Placed<Kind extends Occurrence = Occurrence> {
  readonly table: SymbolTable;
  readonly occurrence: Kind;
}

/** The names of many files together: which mean the same, and where each stands. */
export class SymbolIndex {
  readonly tables: ReadonlyMap<string, SymbolTable>;
  readonly #links: Links;
  readonly #declarations = new Map<SymbolKey, Placed<Declaration>[]>();
  readonly #occurrences = new Map<SymbolKey, Placed[]>();

  constructor(tables: ReadonlyMap<string, SymbolTable>) {
    this.tables = tables;
    this.#links = linksBetween(tables);
    for (const table of tables.values())
      for (const occurrence of table.declarations) addTo(this.#declarations, keyOf(occurrence.id), { table, occurrence });
    for (const table of tables.values())
      for (const occurrence of table.occurrences)
        for (const key of this.keysOf({ table, occurrence })) addTo(this.#occurrences, key, { table, occurrence });
  }

  /** What an occurrence stands for, as far as the files say. */
  keysOf({ table, occurrence }: Placed): readonly SymbolKey[] {
    const alternatives = occurrence.meanings.map((ids) => ids.flatMap((id) => this.#settled(id, table)));
    return alternatives.find((keys) => keys.some((key) => this.#declarations.has(key))) ?? alternatives[0] ?? [];
  }

  declarationsOf(key: SymbolKey): readonly Placed<Declaration>[] {
    return this.#declarations.get(key) ?? [];
  }

  occurrencesOf(key: SymbolKey): readonly Placed[] {
    return this.#occurrences.get(key) ?? [];
  }

  /** These and all that mean the same in other files. */
  same(keys: readonly SymbolKey[]): ReadonlySet<SymbolKey> {
    return closure(keys, (key) => this.#links.get(key) ?? []);
  }

  /** These, and all that must have one name with them, because some place may mean either. */
  bound(keys: readonly SymbolKey[]): ReadonlySet<SymbolKey> {
    return closure(keys, (key) => [...(this.#links.get(key) ?? []), ...this.occurrencesOf(key).flatMap((placed) => this.keysOf(placed))]);
  }

  /** An environment is named without its file: one of the same folder is meant, else any. */
  #settled(id: SymbolId, { file }: SymbolTable): readonly SymbolKey[] {
    if (id.kind !== 'environment' || id.file !== '') return [keyOf(id)];
    const named = [...this.tables.keys()].filter((other) => this.#declarations.has(keyOf({ ...id, file: other })));
    const beside = named.filter((other) => folderOf(other) === folderOf(file));
    return (beside.length > 0 ? beside : named).map((other) => keyOf({ ...id, file: other }));
  }
}

function closure(keys: readonly SymbolKey[], next: (key: SymbolKey) => Iterable<SymbolKey>): ReadonlySet<SymbolKey> {
  const found = new Set(keys);
  for (const key of found) for (const other of next(key)) found.add(other);
  return found;
}

function addTo<Value>(map: Map<SymbolKey, Value[]>, key: SymbolKey, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}
