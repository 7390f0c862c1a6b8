import type { TextEdit } from '../../text/range.js';
import type { MappingNode, MemberNode } from '../../text/syntaxNode.js';
import { columnOf } from '../../text/lines.js';

/** What puts a member, written on one line, behind another one of a mapping, or behind its last one. Everything else stays byte for byte. */
export function insertMember(text: string, mapping: MappingNode, member: string, after = mapping.members.at(-1)): TextEdit {
  if (text[mapping.start] === '{') {
    const at = after === undefined ? mapping.start + 1 : endOf(after);
    return insertion(at, after === undefined ? ` ${member} ` : `, ${member}`);
  }
  const column = columnOf(text, mapping.start);
  const at = lineEnd(text, after === undefined ? mapping.start : endOf(after));
  return insertion(at, `${lineBreakOf(text)}${' '.repeat(column)}${member}`);
}

export function insertion(at: number, text: string): TextEdit {
  return { range: { start: at, end: at }, text };
}

export function endOf({ key, value }: MemberNode): number {
  return Math.max(key.end, value?.end ?? 0);
}

/** Offset behind the last character of a line, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : text[end - 1] === '\r' ? Math.max(offset, end - 1) : end;
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** A line so many columns further right, or further left as far as there are blanks. */
export function moved(line: string, columns: number): string {
  if (line.trim() === '') return line;
  return columns >= 0 ? ' '.repeat(columns) + line : line.slice(Math.min(-columns, line.length - line.trimStart().length));
}
