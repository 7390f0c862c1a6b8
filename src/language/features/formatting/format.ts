import { readSyntax } from '../../parser/readSyntax.js';
import type { Range, TextEdit } from '../../text/range.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { saysTheSame } from '../sameText.js';
import { atomsOf } from './atoms.js';
import { gapEdits } from './gaps.js';
import { applied } from '../../text/applied.js';
import { lineStart } from '../../text/lines.js';

export interface FormatOptions {
  /** Only what stands on the lines of this part of the text; by default all of it. Where such a part cannot be laid out by itself, its whole section is. */
  readonly range?: Range;
}

/**
 * The edits that lay a text out in the house style: two blanks for each level, lists within their key, one blank where one belongs, one empty line where
 * there were any. Nothing but space between the parts of the text changes, and the result is read again before anything is proposed: data and comments
 * are what they were. None for a text that is no sound YAML.
 */
export function formatEdits(text: string, { range }: FormatOptions = {}): readonly TextEdit[] {
  const syntax = readSyntax(text);
  if (!syntax.sound || syntax.root === undefined) return [];
  const atoms = atomsOf(text);
  const edits = atoms === undefined ? undefined : gapEdits(text, atoms);
  if (edits === undefined || edits.length === 0) return [];
  const parts = range === undefined ? [{ start: 0, end: text.length }] : [linesOf(text, range), sectionsOf(text, syntax.root, range)];
  for (const part of parts) {
    const within = edits.filter((edit) => edit.range.start >= part.start && edit.range.end <= part.end);
    if (saysTheSame(text, syntax.root, applied(text, within))) return within;
  }
  return [];
}

/** Whole lines, without the line break behind the last one. */
function linesOf(text: string, { start, end }: Range): Range {
  const last = text.indexOf('\n', Math.max(start, end > start && text[end - 1] === '\n' ? end - 1 : end));
  return { start: lineStart(text, start), end: last < 0 ? text.length : last };
}

/** From the beginning of the member of the document that a range begins in, to the end of the one it ends in. */
function sectionsOf(text: string, root: SyntaxNode, { start, end }: Range): Range {
  if (root.kind !== 'mapping') return { start: 0, end: text.length };
  const first = root.members.findLast(({ key }) => key.start <= start);
  const next = root.members.find(({ key }) => key.start > end);
  return { start: first?.key.start ?? 0, end: next?.key.start ?? text.length };
}
