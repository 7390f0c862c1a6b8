import type { Range, TextEdit } from './text/range.js';

export type Severity = 'error' | 'warning' | 'information';

/** A mend that the author can take as it is. */
export interface Fix {
  /** What taking it does, as an imperative. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** It guesses what was meant, as for a misspelt name: offered to a person, never taken unasked. */
  readonly guess?: true;
}

/** Trouble in the author's text: collected, never thrown. */
export interface Diagnostic {
  /** Stable id of the rule, reads as "allow <code>": `undefined-role`. */
  readonly code: string;
  readonly severity: Severity;
  readonly range: Range;
  /** What is wrong, lower case, with the value in quotes; then `: ` or `; ` and what to do. */
  readonly message: string;
  /** Other places that matter, in this or another file. */
  readonly related?: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly fix?: Fix;
}
