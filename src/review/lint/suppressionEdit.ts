import type { Diagnostic, TextEdit } from '../../language/index.js';
import { layoutOf } from './layout.js';
import type { Entry, Layout } from './layout.js';
import { SUPPRESSION_WORD } from './suppressions.js';

/** What puts a comment into a text that silences one finding. */
export interface SuppressionEdit {
  /** Inserts; takes nothing away. */
  readonly edit: TextEdit;
  /** Where in the inserted text the reason belongs: until somebody writes one there, the comment silences nothing. */
  readonly reasonAt: number;
}

/**
 * A comment that silences a finding, and as little else as can be: above the key it stands in; behind the first line of a list item that goes on
 * below. Undefined for an error, which cannot be silenced, and where the text has no entry to put a comment at.
 */
export function suppressionEdit(text: string, diagnostic: Pick<Diagnostic, 'code' | 'severity' | 'range'>): SuppressionEdit | undefined {
  if (diagnostic.severity === 'error') return undefined;
  const layout = layoutOf(text);
  const { start } = diagnostic.range;
  const entry = layout.entries.findLast((known) => known.start <= start) ?? layout.entries[0];
  if (entry === undefined) return undefined;
  const words = `# ${SUPPRESSION_WORD} ${diagnostic.code}: `;
  const lineEnd = endOfLine(text, entry.start);
  if (entry.item && start <= lineEnd && text.slice(lineEnd, entry.end).trim() !== '' && takesComment(text, layout, entry, lineEnd)) {
    const inserted = ` ${words}`;
    return { edit: { range: { start: lineEnd, end: lineEnd }, text: inserted }, reasonAt: inserted.length };
  }
  const at = entry.start - entry.column;
  const indentation = text.slice(at, entry.start).replace(/[^ \t]/g, ' ');
  const head = `${indentation}${words}`;
  return { edit: { range: { start: at, end: at }, text: `${head}${text.includes('\r\n') ? '\r\n' : '\n'}` }, reasonAt: head.length };
}

/** The end of the first line of an entry is no part of a text, and no comment stands there yet. */
function takesComment(text: string, { comments, texts }: Layout, entry: Entry, lineEnd: number): boolean {
  return (
    text.slice(lineEnd - 1, lineEnd).trim() !== '' &&
    !texts.some(({ start, end }) => start < lineEnd && end > lineEnd) &&
    !comments.some(({ range }) => range.start >= entry.start && range.end <= lineEnd && range.end === lineEnd)
  );
}

function endOfLine(text: string, offset: number): number {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.length : offset + end;
}
