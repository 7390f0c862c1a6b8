import type { Range } from '../../text/range.js';

/** Where a block mapping or list stands, now and in the house style. */
export interface Column {
  readonly before: number;
  readonly after: number;
  /** The one around it. */
  readonly parent: Column | undefined;
}

/** A part of a text that stays as it is; only the space before it changes, and the indentation of its further lines. */
export interface Atom extends Range {
  readonly comment: boolean;
  /** Columns of the first character where it is the first of its line; undefined for a comment between lines, which keeps to what is near. */
  readonly indentation: number | undefined;
  /** Blanks before it where it follows on a line; undefined keeps what is there, one at least. */
  readonly blanks: 0 | 1 | undefined;
  /** The block it belongs to. */
  readonly column: Column | undefined;
  /** Is the text of a block scalar, whose lines are nobody else's. */
  readonly body: boolean;
  /** Changes within it. */
  readonly inside: readonly { readonly range: Range; readonly text: string }[];
}
