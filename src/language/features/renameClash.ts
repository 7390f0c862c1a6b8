import { fileName } from '../text/fileName.js';
import { idOf, keyOf, KIND_WORDS } from './symbols/symbol.js';
import type { SymbolId, SymbolKey, SymbolKind, SymbolTable } from './symbols/symbol.js';
import type { Placed, SymbolIndex } from './symbols/symbolIndex.js';

/** Kinds whose names stand side by side: those of one group must differ where they can be told apart by nothing else. */
const GROUPS: readonly (readonly SymbolKind[])[] = [
  ['fact', 'variable'],
  ['step', 'procedure'],
];

/** What already has the new name where it would stand beside this; undefined where nothing does. */
export function clash(index: SymbolIndex, keys: ReadonlySet<SymbolKey>, places: readonly Placed[], newName: string): string | undefined {
  const ids = [...keys].map(idOf);
  for (const table of new Set(places.map((placed) => placed.table))) {
    const own = ids.filter(({ file }) => file === table.file);
    const there = own.flatMap((id) => rivals(table, id, newName, places, index));
    const [rival] = there;
    if (rival !== undefined)
      return `"${newName}" is already the name of ${article(KIND_WORDS[rival.kind])} in ${fileName(table.file)}; choose another name`;
  }
  return undefined;
}

function rivals(table: SymbolTable, id: SymbolId, newName: string, places: readonly Placed[], index: SymbolIndex): readonly SymbolId[] {
  const group = GROUPS.find((kinds) => kinds.includes(id.kind));
  const named = table.declarations.filter((declared) => declared.name === newName);
  if (id.kind === 'step' || id.kind === 'procedure') return stepRivals(table, id, newName, places, index);
  return named
    .filter((declared) => {
      if (declared.id.kind === id.kind) return declared.id.owner === id.owner || isBeside(declared.among, id, places);
      return group?.includes(declared.id.kind) === true;
    })
    .map((declared) => declared.id);
}

function isBeside(among: number, id: SymbolId, places: readonly Placed[]): boolean {
  return (
    among >= 0 &&
    places.some(({ table, occurrence }) =>
      table.declarations.some(
        (declared) => declared.range.start === occurrence.range.start && keyOf(declared.id) === keyOf(id) && declared.among === among,
      ),
    )
  );
}

/** Steps of different lists may have one id as long as nothing refers to them. */
function stepRivals(table: SymbolTable, id: SymbolId, newName: string, places: readonly Placed[], index: SymbolIndex): readonly SymbolId[] {
  const named = table.declarations.filter(
    ({ name, id: other }) => name === newName && (other.kind === 'step' || other.kind === 'procedure'),
  );
  const lists = new Set(
    places.flatMap(({ table: of, occurrence }) =>
      of.declarations.filter(({ range }) => range.start === occurrence.range.start).map(({ among }) => among),
    ),
  );
  const isReferredTo = (key: SymbolKey): boolean => index.occurrencesOf(key).some(({ occurrence }) => !occurrence.declares);
  const isNamed = isReferredTo(keyOf(id)) || named.some((rival) => isReferredTo(keyOf(rival.id)));
  const taken = named
    .filter((rival) => isNamed || id.kind === 'procedure' || (rival.id.kind === 'step' && lists.has(rival.among)))
    .map((rival) => rival.id);
  const byItself = table.kind === 'runbook' && table.unnamed.has(newName.replace(/_\d+$/, '')) ? [{ ...id, kind: 'step' as const }] : [];
  return [...taken, ...byItself];
}

function article(word: string): string {
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}
