import type { Diagnostic } from '../../diagnostic.js';
import type { TextEdit } from '../../text/range.js';

/** What an action is for, in the words of the Language Server Protocol. */
export type CodeActionKind = 'quickfix' | 'refactor.extract' | 'refactor.rewrite';

/** Something that can be done with a text in one step, and undone in one. */
export interface CodeAction {
  /** What taking it does, as an imperative. */
  readonly title: string;
  readonly kind: CodeActionKind;
  /** By file; in order of place, none touching another. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** The one to take without a choice: it mends, and does not guess. */
  readonly preferred: boolean;
  /** Code of the diagnostic that it mends. */
  readonly code?: string;
}

/** What is asked for beside the place. */
export interface CodeActionOptions {
  /** Those that the caller shows; absent finds them anew. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Which kinds are looked for; absent: all. What is not wanted costs nothing. */
  readonly wants?: (kind: CodeActionKind) => boolean;
  /** Nobody waits for the answer any more: what would be read for it is left unread. */
  readonly isCancelled?: () => boolean;
}
