import type { Diagnostic } from '../diagnostic.js';
import { compose } from '../parser/compose.js';
import { nodesOf } from '../parser/fromDocument.js';
import { readPlainNode } from '../parser/plainReader.js';
import { PLAIN_LIMITS } from '../parser/readSyntax.js';
import type { MappingNode, SyntaxNode } from '../text/syntaxNode.js';

/** What one item of a block list says, read by itself. Places count from the start of its lines. */
export type ReadItem =
  | { readonly kind: 'sound'; readonly node: MappingNode; readonly scalars: number }
  /** Broken, and in a way that breaks nothing behind it. */
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[] };

/** Errors of the composer that begin and end on a line, wherever the text goes on. */
const OF_ONE_LINE: ReadonlySet<string> = new Set(['MULTILINE_IMPLICIT_KEY', 'BLOCK_AS_IMPLICIT_KEY', 'BAD_SCALAR_START', 'BAD_DQ_ESCAPE']);
/** What is missing is the colon of a key, and not a bracket or a quote. */
const NO_COLON = /^Implicit map keys need to be followed by map values/;
const OF_BROKEN: ReadonlySet<string> = new Set(['yaml-syntax', 'yaml-tag', 'unquoted-value']);

/**
 * Reads the lines of one item as both readers would read them in the file. `around`: collections it stands in there. Undefined where that is not
 * certain: when something may still be open at its end, when it is no mapping, and for everything that speaks of other places.
 */
export function readItem(lines: string, around: number): ReadItem | undefined {
  const root = readPlainNode(lines, { ...PLAIN_LIMITS, depth: PLAIN_LIMITS.depth - around });
  if (root !== undefined) return soundItem(root);
  const { document, diagnostics, sound } = compose(lines, around);
  if (document === undefined) return undefined;
  if (!sound) {
    const staysInside = document.errors.every(({ code, message }) => OF_ONE_LINE.has(code) || NO_COLON.test(message));
    return staysInside && diagnostics.every(({ code }) => OF_BROKEN.has(code)) ? { kind: 'broken', diagnostics } : undefined;
  }
  const read = diagnostics.length > 0 ? undefined : nodesOf(lines, document);
  return read === undefined ? undefined : soundItem(read);
}

function soundItem(root: SyntaxNode): ReadItem | undefined {
  const [item, ...more] = root.kind === 'list' ? root.items : [];
  if (item?.kind !== 'mapping' || more.length > 0) return undefined;
  const scalars = scalarsIn(item);
  return scalars === undefined ? undefined : { kind: 'sound', node: item, scalars };
}

/** Keys and values of a node; undefined where it names another one. */
export function scalarsIn(node: SyntaxNode | undefined): number | undefined {
  if (node === undefined || node.kind === 'scalar') return 1;
  if (node.kind === 'alias') return undefined;
  let sum = 0;
  for (const part of node.kind === 'list' ? node.items : node.members.map(({ value }) => value)) {
    const count = scalarsIn(part);
    if (count === undefined) return undefined;
    sum += count + 1;
  }
  return sum;
}
