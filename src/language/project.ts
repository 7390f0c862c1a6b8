import type { Diagnostic } from './diagnostic.js';
import type { Positions } from './text/positions.js';
import type { Inventory } from './schema/generated/inventory.js';
import type { Runbook } from './schema/generated/runbook.js';
import type { LineIndex } from './text/lineIndex.js';

/** What parsing one file gives. Parsing never fails: a file too broken to mean anything has diagnostics and no `value`. */
export type ParsedDocument = ParsedRunbook | ParsedInventory;

interface Parsed<Kind extends string, Value> {
  readonly kind: Kind;
  /** Absolute path or URI, with `/` between its parts. */
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  /** Plain data, present when the text has the shape the schema asks for. References in it may still be wrong. */
  readonly value: Value | undefined;
  /** Where each part of `value` stands in the text. */
  readonly positions: Positions;
  /** Trouble with syntax and shape, in order of place; then, in an inventory, what the linter finds. */
  readonly diagnostics: readonly Diagnostic[];
}

export type ParsedRunbook = Parsed<'runbook', Runbook>;
export type ParsedInventory = Parsed<'inventory', Inventory>;

/** A runbook with every file it uses. */
export interface Project {
  readonly root: ParsedRunbook;
  /** By file, the root included. */
  readonly files: ReadonlyMap<string, ParsedRunbook>;
  /** Those, and the files that only `next` names, which take no part in the run. */
  readonly known: ReadonlyMap<string, ParsedRunbook>;
  /** All diagnostics of each file: syntax, shape, and every rule of the linter. */
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
  /** No file of the project has an error. */
  readonly sound: boolean;
}

/** How the language reads files. Never touches anything outside what it is asked for. */
export interface Workspace {
  /** Text of a file, or undefined when there is none that may be read. */
  readText(file: string): Promise<string | undefined>;
  /** Runbooks and inventories that belong together with what is worked on: where names are looked for beyond the files that use one another. */
  listFiles?(): Promise<readonly string[]>;
}

/** One entry of the outline of a runbook. */
export interface OutlineNode {
  /** Ids from the root joined by `/`, as far as they are known: matches the paths of the plan outside serial groups and `use`. */
  readonly path: string;
  readonly id: string | undefined;
  readonly title: string;
  readonly section: 'prerequisites' | 'procedures' | 'steps' | 'finally';
  /** Name of the action; undefined in a broken step. */
  readonly action: string | undefined;
  readonly on: readonly string[];
  readonly range: { readonly start: number; readonly end: number };
  readonly selection: { readonly start: number; readonly end: number };
  readonly children: readonly OutlineNode[];
}
