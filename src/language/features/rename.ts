import { applied } from '../text/applied.js';
import { fileName } from '../text/fileName.js';
import type { TextEdit, Range } from '../text/range.js';
import { LineIndex } from '../text/lineIndex.js';
import { distinct } from './definition.js';
import { wrongNewName } from './newName.js';
import { clash } from './renameClash.js';
import type { ReadTable } from './symbols/loadTables.js';
import { idOf, KIND_WORDS, keyOf, occurrenceAt } from './symbols/symbol.js';
import type { SymbolKey, SymbolKind, SymbolTable } from './symbols/symbol.js';
import { SymbolIndex } from './symbols/symbolIndex.js';
import type { Placed } from './symbols/symbolIndex.js';

/** Why something cannot be renamed, in a sentence for the author. */
export interface Refusal {
  readonly refusal: string;
}

/** What is renamed, before the new name is known. */
export interface RenameStart {
  readonly range: Range;
  readonly name: string;
}

/** Changes of many files. */
export interface FileEdits {
  /** In order of place, none touching another. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
}

interface Target {
  readonly start: RenameStart;
  readonly kinds: ReadonlySet<SymbolKind>;
  readonly keys: ReadonlySet<SymbolKey>;
  /** Every place that changes. */
  readonly places: readonly Placed[];
}

const NOTHING = 'nothing here has a name that can be changed; put the cursor on a name that the runbook or the inventory declares';

/** Whether what stands at an offset can be renamed at all. */
export function prepareRenameAt(index: SymbolIndex, table: SymbolTable, offset: number): RenameStart | Refusal {
  const target = targetAt(index, table, offset);
  return 'refusal' in target ? target : target.start;
}

/** The edits that give what stands at an offset another name, wherever it is named, with everything meaning what it meant. */
export function renameAt(index: SymbolIndex, table: SymbolTable, offset: number, newName: string, read: ReadTable): FileEdits | Refusal {
  const target = targetAt(index, table, offset);
  if ('refusal' in target) return target;
  const { kinds, places, start } = target;
  if (newName === start.name) return { edits: new Map() };
  const wrong = wrongNewName(kinds, newName) ?? clash(index, target.keys, places, newName);
  if (wrong !== undefined) return { refusal: wrong };
  const edits = new Map<string, TextEdit[]>();
  for (const { table: changed, occurrence } of places) {
    const known = edits.get(changed.file);
    const edit = { range: occurrence.range, text: newName };
    if (known === undefined) edits.set(changed.file, [edit]);
    else known.push(edit);
  }
  const other = otherMeaning(index, target, edits, newName, read);
  return other === undefined ? { edits } : { refusal: other };
}

function targetAt(index: SymbolIndex, table: SymbolTable, offset: number): Target | Refusal {
  const occurrence = occurrenceAt(table, offset);
  if (occurrence === undefined) return { refusal: NOTHING };
  const named = index.keysOf({ table, occurrence });
  const keys = index.bound(named);
  const kinds = new Set([...keys].map((key) => idOf(key).kind));
  if (kinds.has('path')) return { refusal: `"${occurrence.name}" is a word of the language, not a name` };
  if (occurrence.isPath) return { refusal: 'this is the path of a file; rename the file, and the paths that lead to it follow' };
  const all = distinct([...keys].flatMap((key) => index.occurrencesOf(key))).filter((placed) => !placed.occurrence.isPath);
  const places = narrowed(index, keys, all, { table, occurrence });
  const refusal =
    undeclared(index, { table, occurrence }, keys) ??
    ('refusal' in places ? places.refusal : (unreadable(places) ?? missed(index, places, occurrence.name) ?? nameOfItsOwn(keys, places)));
  if (refusal !== undefined) return { refusal };
  return { start: { range: occurrence.range, name: occurrence.name }, kinds, keys, places: places as readonly Placed[] };
}

/** Names that are declared where nobody can look. */
function undeclared(index: SymbolIndex, { table, occurrence }: Placed, keys: ReadonlySet<SymbolKey>): string | undefined {
  const declarations = [...keys].flatMap((key) => index.declarationsOf(key));
  const [first] = [...keys].map(idOf);
  if (first === undefined) return NOTHING;
  const thing = `${KIND_WORDS[first.kind]} "${occurrence.name}"`;
  if (declarations.length === 0) {
    if (first.file !== table.file && !index.tables.has(first.file) && first.file !== '')
      return `the ${thing} belongs to ${fileName(first.file)}, which cannot be read here`;
    if (table.kind === 'inventory' && first.kind !== 'host') return `no runbook here that this inventory goes with declares the ${thing}`;
    return `the ${thing} is declared nowhere; declare it first`;
  }
  if (first.kind === 'role' && declarations.every((placed) => placed.table.kind === 'inventory'))
    return `no runbook here that this inventory goes with declares the ${thing}`;
  return undefined;
}

/** Steps of one name that nothing refers to have nothing to do with one another: then only the one at hand is meant. */
function narrowed(index: SymbolIndex, keys: ReadonlySet<SymbolKey>, places: readonly Placed[], at: Placed): readonly Placed[] | Refusal {
  const [key] = [...keys];
  if (key === undefined || idOf(key).kind !== 'step' || index.declarationsOf(key).length < 2) return places;
  if (places.every(({ occurrence }) => occurrence.declares)) return [at];
  return {
    refusal: `several steps of ${fileName(at.table.file)} are called "${at.occurrence.name}", and something refers to them; change the ids of the others first`,
  };
}

function unreadable(places: readonly Placed[]): string | undefined {
  for (const { table, occurrence } of places) {
    if (!table.sound) return `${fileName(table.file)} cannot be read as it is, so that a place could be missed; mend it first`;
    if (!occurrence.exact)
      return `${placeInWords(table, occurrence.range)} spells "${occurrence.name}" in a way that cannot be replaced; write it plainly first`;
  }
  return undefined;
}

/** A file that cannot be read whole may name the same thing at a place that nobody sees: one that goes with the files that change, and has the word. */
function missed(index: SymbolIndex, places: readonly Placed[], name: string): string | undefined {
  const changed = new Map(places.map(({ table }) => [table.file, table]));
  const word = new RegExp(String.raw`(?<![\w-])${name.replaceAll(/[^\w]/g, String.raw`\$&`)}(?![\w-])`);
  for (const table of index.tables.values()) {
    if (table.sound || changed.has(table.file) || !word.test(table.text)) continue;
    const isNear = [...changed.values()].some(
      (other) => other.kind !== table.kind || table.text.includes(fileName(other.file)) || other.text.includes(fileName(table.file)),
    );
    if (isNear)
      return `${fileName(table.file)} has the word "${name}" and cannot be read as it is, so that a place could be missed; mend it first`;
  }
  return undefined;
}

/** The name of a host is its address where it has no other. */
function nameOfItsOwn(keys: ReadonlySet<SymbolKey>, places: readonly Placed[]): string | undefined {
  const [key] = [...keys];
  if (key === undefined || idOf(key).kind !== 'host') return undefined;
  for (const { table } of places) {
    const declared = table.declarations.find(({ id }) => keyOf(id) === key);
    if (declared === undefined) continue;
    if (table.kind === 'inventory' && table.unaddressed.has(declared.name))
      return `the host "${declared.name}" has no "address", so its name is where it is found; give it one first`;
  }
  return undefined;
}

/** Looks at the changed texts: the very places that were changed must mean one thing there, and nothing else may mean it. */
function otherMeaning(
  index: SymbolIndex,
  { places, kinds }: Target,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
  newName: string,
  read: ReadTable,
): string | undefined {
  // A step that nothing refers to may have its name in common with one of another list.
  if (places.length === 1 && kinds.has('step')) return undefined;
  const tables = new Map(index.tables);
  for (const [file, ofFile] of edits) tables.set(file, read(file, applied(index.tables.get(file)?.text ?? '', ofFile)));
  const after = new SymbolIndex(tables);
  const moved = new Set([...edits].flatMap(([file, ofFile]) => startsAfter(ofFile).map((start) => placeKey(file, start))));
  const found = [...tables.values()]
    .flatMap((table) => table.occurrences.map((occurrence): Placed => ({ table, occurrence })))
    .find((placed) => moved.has(keyOfPlaced(placed)));
  const meant = found === undefined ? [] : [...after.bound(after.keysOf(found))].flatMap((key) => after.occurrencesOf(key));
  const same = new Map(meant.filter(({ occurrence }) => !occurrence.isPath).map((placed) => [keyOfPlaced(placed), placed]));
  const stranger = [...same].find(([place]) => !moved.has(place))?.[1];
  if (stranger !== undefined)
    return `"${newName}" means something already in ${placeInWords(stranger.table, stranger.occurrence.range)}; choose another name`;
  return [...moved].every((place) => same.has(place)) ? undefined : `"${newName}" would mean several things; choose another name`;
}

/** Where the places of edits, in order, begin once all are made. */
function startsAfter(edits: readonly TextEdit[]): readonly number[] {
  let grown = 0;
  return edits.map(({ range, text }) => {
    const start = range.start + grown;
    grown += text.length - (range.end - range.start);
    return start;
  });
}

function keyOfPlaced({ table, occurrence }: Placed): string {
  return placeKey(table.file, occurrence.range.start);
}

function placeKey(file: string, start: number): string {
  return `${file}\n${String(start)}`;
}

function placeInWords({ file, text }: SymbolTable, { start }: Range): string {
  return `${fileName(file)}, line ${String(new LineIndex(text).position(start).line)}`;
}
