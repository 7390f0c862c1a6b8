import type { Range } from '../../language/index.js';
import type { ChangeKind } from './kinds.js';

/**
 * How much a change asks of whoever reviews it. `dangerous`: it takes a protection away, widens what is touched, or does more to hosts.
 * `notable`: it changes scripts, times, values or what people are told to do, which a reader must judge. `harmless`: everything else.
 */
export type Danger = 'dangerous' | 'notable' | 'harmless';

/** A stretch of a file; the file is named as its project names it. */
export interface ChangePlace {
  readonly file: string;
  readonly range: Range;
}

/** One thing that means something else than before. */
export interface Change {
  readonly kind: ChangeKind;
  readonly danger: Danger;
  /** One sentence in one line, for people. It quotes what authors wrote: escape it for where it is shown. */
  readonly what: string;
  /**
   * Where it was written and where it is written now. What is gone has, as `new`, the nearest place of the new text; what is new has
   * no `old`. A deleted file has no `new`.
   */
  readonly where: { readonly old?: ChangePlace; readonly new?: ChangePlace };
  /** Path of the step in the plan, without batches; absent where it is about no single step. */
  readonly path?: string;
  /** What was written, as it stands in the text; cut where it is long. */
  readonly before?: string;
  readonly after?: string;
  /** The part that differs, as its key is called: `timeout`, `verify`; empty for a step or a file as a whole. */
  readonly about: string;
}

/** What is different between two states of one runbook and what belongs to it. */
export interface Difference {
  /** The dangerous first, then by file and place. Empty when both mean the same and are written at the same places. */
  readonly changes: readonly Change[];
  /** What could not be looked at, as sentences; empty when everything was. */
  readonly limits: readonly string[];
}

const ORDER: readonly Danger[] = ['dangerous', 'notable', 'harmless'];

/** Whether a danger is at least as much as another one. */
export function isAtLeast(danger: Danger, least: Danger): boolean {
  return ORDER.indexOf(danger) <= ORDER.indexOf(least);
}

/** The dangerous first; then as they stand in the text. */
export function inOrder(changes: readonly Change[]): readonly Change[] {
  const key = ({ where }: Change): ChangePlace => where.new ?? where.old ?? { file: '', range: { start: 0, end: 0 } };
  return [...changes].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    const files = left.file < right.file ? -1 : left.file > right.file ? 1 : 0;
    return ORDER.indexOf(a.danger) - ORDER.indexOf(b.danger) || files || left.range.start - right.range.start;
  });
}
