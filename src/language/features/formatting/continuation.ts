import type { TextEdit } from '../../text/range.js';

/** What indents the further lines of a plain or quoted scalar, and strips them: the blanks there are no part of its value. */
export function continuationEdits(offset: number, source: string, indentation: number): readonly TextEdit[] {
  if (!source.includes('\n')) return [];
  const edits: TextEdit[] = [];
  const put = (start: number, end: number, text: string): void => {
    if (source.slice(start, end) !== text) edits.push({ range: { start: offset + start, end: offset + end }, text });
  };
  // Before the line break in double quotes, a blank may be an escaped one.
  const stripped = source.startsWith('"') ? /\n[ \t]*/g : /[ \t]*\r?\n[ \t]*/g;
  for (const { index, 0: gap } of source.matchAll(stripped)) {
    const behind = source[index + gap.length];
    const empty = behind === '\n' || (behind === '\r' && source[index + gap.length + 1] === '\n');
    const lineBreak = gap.includes('\r\n') ? '\r\n' : '\n';
    put(index, index + gap.length, lineBreak + (empty ? '' : ' '.repeat(indentation)));
  }
  return edits;
}
