import type { Range } from '../../text/range.js';

/** What a name in a runbook or an inventory can stand for. */
export type SymbolKind =
  | 'runbook'
  | 'environment'
  | 'input'
  | 'fact'
  | 'secret'
  | 'contact'
  | 'document'
  | 'scheme'
  | 'field'
  | 'role'
  | 'variable'
  | 'procedure'
  | 'step'
  | 'value'
  | 'method'
  | 'advisory'
  | 'path'
  | 'host'
  | 'local'
  | 'anchor';

/** Keys of a runbook whose members are declared by their names, with what these name. */
export const DECLARED_IN: Readonly<Record<string, SymbolKind>> = {
  inputs: 'input',
  facts: 'fact',
  secrets: 'secret',
  contacts: 'contact',
  documents: 'document',
  versions: 'scheme',
  roles: 'role',
  procedures: 'procedure',
};

/** What a symbol is called in sentences. */
export const KIND_WORDS: Readonly<Record<SymbolKind, string>> = {
  runbook: 'runbook',
  environment: 'environment',
  input: 'input',
  fact: 'fact',
  secret: 'secret',
  contact: 'contact',
  document: 'document',
  scheme: 'version scheme',
  field: 'field of a version',
  role: 'role',
  variable: 'variable',
  procedure: 'procedure',
  step: 'step',
  value: 'value of a step',
  method: 'method',
  advisory: 'advisory',
  path: 'upgrade path',
  host: 'host',
  local: 'local name',
  anchor: 'anchor',
};

/**
 * One thing that can be named: where it belongs, and what it is. `owner` tells those of one name apart that belong to different things: the
 * role of a variable, the step of a value.
 */
export interface SymbolId {
  readonly file: string;
  readonly kind: SymbolKind;
  readonly owner: string;
  readonly name: string;
}

/** A {@link SymbolId} as text, so that it can be looked up. */
export type SymbolKey = string;

export function keyOf({ file, kind, owner, name }: SymbolId): SymbolKey {
  return `${kind}\n${name}\n${owner}\n${file}`;
}

/** Reverses {@link keyOf}. */
export function idOf(key: SymbolKey): SymbolId {
  const [kind = '', name = '', owner = '', ...file] = key.split('\n');
  return { kind: kind as SymbolKind, name, owner, file: file.join('\n') };
}

/** One place where a name stands. */
export interface Occurrence {
  /** Of the name alone, without quotes. */
  readonly range: Range;
  readonly name: string;
  /** What it may stand for here: `host.url` of a step about two roles is a variable of both. Later ones count only where nothing has the earlier. */
  readonly meanings: readonly (readonly SymbolId[])[];
  /** The source says exactly this name at this place, so it can be replaced. */
  readonly exact: boolean;
  /** The text is the path of a file, not the name of the symbol. */
  readonly isPath: boolean;
  readonly declares: boolean;
}

/** The place where something is declared. */
export interface Declaration extends Occurrence {
  readonly id: SymbolId;
  /** From the name to the end of what it stands for. */
  readonly whole: Range;
  readonly title: string | undefined;
  /** Start of the list or mapping it stands in: names must differ in there. */
  readonly among: number;
}

/** The path of a file that a text names, seen from the file it stands in. */
export interface PathMention {
  /** Of the path alone. */
  readonly range: Range;
  /** Of the whole text with its quotes. */
  readonly scalar: Range;
  readonly path: string;
  /** What follows the path in the text: `#id`. */
  readonly rest: string;
  readonly target: string;
  readonly exact: boolean;
}

/** How a runbook uses another one. */
export interface UseOfFile {
  readonly target: string;
  /** A part of it is named: hosts may come from the step that uses it. */
  readonly isPart: boolean;
  /** Its roles, by what they are bound to here. */
  readonly roles: ReadonlyMap<string, string>;
}

/** A role as far as its text can be read. */
export interface RoleOutline {
  readonly of: string | undefined;
  /** Its least number of hosts; undefined for one that is derived. */
  readonly least: number | undefined;
  readonly variables: readonly string[];
}

interface Table<Kind extends string> {
  readonly kind: Kind;
  readonly file: string;
  readonly text: string;
  /** The structure of the text can be relied on. */
  readonly sound: boolean;
  /** In order of place. No two are about the same place. */
  readonly occurrences: readonly Occurrence[];
  readonly declarations: readonly Declaration[];
  readonly paths: readonly PathMention[];
}

export interface RunbookTable extends Table<'runbook'> {
  readonly uses: readonly UseOfFile[];
  readonly roles: ReadonlyMap<string, RoleOutline>;
  /** What steps without an id are called after: their action, or what they use. */
  readonly unnamed: ReadonlySet<string>;
}

export interface InventoryTable extends Table<'inventory'> {
  /** Hosts by role. */
  readonly bound: ReadonlyMap<string, readonly string[]>;
  /** Hosts that are found at their name, since they have no address. */
  readonly unaddressed: ReadonlySet<string>;
}

/** Every name in one file: what it declares, and what it names, here and in other files. */
export type SymbolTable = RunbookTable | InventoryTable;

/** The occurrence at an offset; between two that touch, the later one. */
export function occurrenceAt(table: SymbolTable, offset: number): Occurrence | undefined {
  return table.occurrences.findLast(({ range }) => range.start <= offset && offset <= range.end);
}
