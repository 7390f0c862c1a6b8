import type { Severity } from '../../../language/index.js';
import type { RuleCard } from '../../../review/index.js';

/** What a format needs beside the report. */
export interface FormatOptions {
  readonly color: boolean;
  /** Width of the terminal in characters; undefined where there is none: a file, a pipe. */
  readonly columns: number | undefined;
  /** Every rule there is. */
  readonly cards: readonly RuleCard[];
  /** Texts of all files that were checked, by their names in the report; those without a finding too. */
  readonly sources: ReadonlyMap<string, string>;
  /** The least severity that makes the command fail. */
  readonly failOn: Severity;
}
