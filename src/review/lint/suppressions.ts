import type { Range } from '../../language/index.js';
import { layoutOf } from './layout.js';
import type { Comment, Layout } from './layout.js';

/** The word that begins a comment which silences findings. */
export const SUPPRESSION_WORD = 'runbook-lint-ignore';

/** Longest text that is searched; past it, the language reads nothing either. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** `# runbook-lint-ignore a, b: reason`, `# runbook-lint-ignore-file a: reason`. */
const SHAPE = new RegExp(`^#[ \\t]*${SUPPRESSION_WORD}(-file)?(?![\\w-])([^:]*)(?::(.*))?$`, 's');

/** One rule that a comment silences. */
export interface SuppressedRule {
  readonly id: string;
  readonly range: Range;
}

/** A comment that silences findings at some place. */
export interface Suppression {
  readonly comment: Range;
  /** The comment with what would be left over of its line, were it removed. */
  readonly whole: Range;
  readonly rules: readonly SuppressedRule[];
  readonly reason: string;
  /** Findings that begin here are meant; undefined where the comment has no place to speak of. */
  readonly scope: Range | undefined;
  /** Meant for the file, but a key stands before it. */
  readonly late: boolean;
}

/** Every comment that silences findings, in order of place. Costs next to nothing where there is none. */
export function suppressionsOf(text: string): readonly Suppression[] {
  if (!text.includes(SUPPRESSION_WORD) || text.length > MOST_CHARACTERS) return [];
  const layout = layoutOf(text);
  const entryAt = new Map(layout.entries.map((entry) => [entry.start, entry]));
  return layout.comments.flatMap((comment) => {
    const match = SHAPE.exec(comment.text);
    if (match === null) return [];
    const [, ofFile, ids = '', reason = ''] = match;
    const late = ofFile !== undefined && !comment.first;
    return {
      comment: comment.range,
      whole: wholeOf(text, comment),
      rules: rulesIn(ids, comment.range.start + comment.text.indexOf(ids, comment.text.indexOf(SUPPRESSION_WORD))),
      reason: reason.trim(),
      scope: ofFile === undefined ? scopeOf(text, comment, entryAt) : late ? undefined : { start: 0, end: text.length + 1 },
      late,
    };
  });
}

function scopeOf(text: string, comment: Comment, entryAt: ReadonlyMap<number, Layout['entries'][number]>): Range | undefined {
  if (!comment.alone) return lineOf(text, comment.range.start);
  if (comment.next === undefined) return undefined;
  const entry = entryAt.get(comment.next);
  if (entry === undefined) return lineOf(text, comment.next);
  return { start: entry.start, end: entry.end === text.length ? text.length + 1 : entry.end };
}

/** Without the line break. */
function lineOf(text: string, offset: number): Range {
  const end = text.slice(offset).search(/[\r\n]/);
  return { start: lineStart(text, offset), end: end < 0 ? text.length + 1 : offset + end };
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

function wholeOf(text: string, { range, alone }: Comment): Range {
  let start = range.start;
  while (start > 0 && /[ \t]/.test(text[start - 1] as string)) start--;
  if (!alone) return { start, end: range.end };
  const lineBreak = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(range.end, range.end + 200))?.[0] ?? '';
  return { start, end: range.end + lineBreak.length };
}

function rulesIn(ids: string, offset: number): readonly SuppressedRule[] {
  return [...ids.matchAll(/[^\s,]+/g)].map((match) => ({
    id: match[0],
    range: { start: offset + match.index, end: offset + match.index + match[0].length },
  }));
}
