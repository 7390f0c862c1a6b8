import type { Diagnostic } from '../diagnostic.js';
import type { SyntaxNode } from '../text/syntaxNode.js';
import { compose } from './compose.js';
import { nodesOf } from './fromDocument.js';
import { checkSize, MAX_DEPTH, MAX_KEYS, MAX_SCALARS } from './limits.js';
import { readPlainly } from './plainReader.js';

/** A text read as YAML, however broken. */
export interface Syntax {
  /** What could be made of the text; undefined when it is past a limit or empty. */
  readonly root: SyntaxNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** It was read at all; its nodes say something. */
  readonly read: boolean;
  /** The structure can be relied on: shape may be judged. */
  readonly sound: boolean;
}

/** Reads a text as YAML 1.2 without tags, directives and second documents. Never throws. */
export function readSyntax(text: string): Syntax {
  const root = checkSize(text) === undefined ? readPlainly(text, PLAIN_LIMITS) : undefined;
  return root === undefined ? readCarefully(text) : { root, diagnostics: [], read: true, sound: true };
}

/** The same by the library alone, which finds the words for all that is wrong. */
export function readCarefully(text: string): Syntax {
  const { document, diagnostics, sound } = compose(text);
  return { root: document === undefined ? undefined : nodesOf(text, document), diagnostics, read: document !== undefined, sound };
}

/** The word count of the careful way counts nesting and keys in other ways; this far from the limits both agree that all is well. */
export const PLAIN_LIMITS = { depth: MAX_DEPTH - 8, keys: MAX_KEYS / 2, scalars: MAX_SCALARS };
