import type { Diagnostic, Severity } from '../../language/index.js';

/** A place in a text, as people and tools count: lines and columns from 1, the end behind the last character; columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One finding that counts: neither suppressed nor known from the baseline. */
export interface ReportedFinding {
  /** Relative to where the command was called, with `/`; as the file system spells it, so it may hold any character but NUL. */
  readonly file: string;
  readonly place: Place;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Other places that matter. */
  readonly related: readonly { readonly file: string; readonly place: Place; readonly message: string }[];
  /** Changes that mend it, in offsets of UTF-16 units. */
  readonly fix: Diagnostic['fix'];
  /** The same for the same trouble wherever it moves within its file: 32 hexadecimal digits, different for each finding of a report. */
  readonly fingerprint: string;
  /** Stands on a line that has changed since the reference that was named, or was not there then; undefined where none was named. */
  readonly changed?: boolean;
}

/** Everything a format may show. */
export interface LintReport {
  /** By file and place. */
  readonly findings: readonly ReportedFinding[];
  /** How many files were checked. */
  readonly files: number;
  /** Findings that are not shown, and why. */
  readonly hidden: { readonly suppressed: number; readonly baseline: number; readonly unchanged: number };
  /** Version of the product. */
  readonly version: string;
}
