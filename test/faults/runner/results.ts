import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Figures } from './figures.js';
import type { Machine } from './machine.js';

/** A line of a file of results. Later lines about a row add to earlier ones, up to the next `begun` of that row. */
type Line =
  | {
      readonly kind: 'begun';
      readonly row: string;
      readonly planned: number;
      readonly seed: number;
      readonly at: string;
      readonly machine: Machine;
    }
  | { readonly kind: 'broken'; readonly row: string; readonly case: number; readonly what: string }
  | { readonly kind: 'progress'; readonly row: string; readonly done: number; readonly seconds: number; readonly figures: Figures }
  | { readonly kind: 'skipped'; readonly row: string; readonly why: string };

/** What is known of a row. */
export interface RowResult {
  readonly row: string;
  readonly planned: number;
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly machine: Machine;
  /** Cases 0 to `done` - 1 have been tried. */
  readonly done: number;
  readonly seconds: number;
  readonly broken: readonly { readonly case: number; readonly what: string }[];
  readonly figures: Figures;
  readonly skipped?: string;
}

/** The results of a profile, kept so that a long one can be gone on with. */
export class ResultFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  add(line: Line): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }

  /** The latest result of each row, by its id. */
  read(): ReadonlyMap<string, RowResult> {
    const rows = new Map<string, RowResult>();
    if (!existsSync(this.#path)) return rows;
    for (const text of readFileSync(this.#path, 'utf8').split('\n')) {
      const line = parsed(text);
      if (line === undefined) continue;
      const next = after(rows.get(line.row), line);
      if (next !== undefined) rows.set(line.row, next);
    }
    return rows;
  }
}

function after(result: RowResult | undefined, line: Line): RowResult | undefined {
  switch (line.kind) {
    case 'begun': {
      const { row, planned, seed, at, machine } = line;
      return { row, planned, seed, at, machine, done: 0, seconds: 0, broken: [], figures: {} };
    }
    case 'broken':
      // A case that was tried again after an interruption is counted once.
      return (
        result && {
          ...result,
          broken: [...result.broken.filter((known) => known.case !== line.case), { case: line.case, what: line.what }],
        }
      );
    case 'progress':
      return result && { ...result, done: line.done, seconds: line.seconds, figures: line.figures };
    case 'skipped':
      return result && { ...result, skipped: line.why };
  }
}

/** The last line may be torn: whoever wrote it may have been killed. */
function parsed(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
