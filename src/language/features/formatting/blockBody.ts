import type { TextEdit } from '../../text/range.js';

/** The text of a block scalar, as it stands. */
export interface BlockText {
  readonly text: string;
  /** Offset of its first line. */
  readonly start: number;
  /** Its lines, with the empty ones behind it. */
  readonly source: string;
  /** `|`, `>-` and such. */
  readonly header: string;
  /** Columns its lines are to have. */
  readonly indentation: number;
  /** How far the block around it moves: where the header counts columns, its lines move along. */
  readonly shift: number;
}

/** Where the text of a block scalar ends, without the empty lines that mean nothing, and what indents it. Everything else in it is left alone. */
export function bodyOf({ text, start, source, header, indentation, shift }: BlockText): { end: number; inside: readonly TextEdit[] } {
  const lines = linesOf(source);
  const first = lines.find(({ line }) => line.trim() !== '');
  if (first === undefined) return { end: start + source.length, inside: [] };
  const before = blanksAt(first.line);
  const counted = /\d/.test(header);
  const after = counted ? before + shift : indentation;
  const inside: TextEdit[] = [];
  let end = start;
  for (const { at, line } of lines) {
    const blanks = blanksAt(line);
    const offset = start + at;
    if (line.length > blanks || (counted ? line.length > 0 : blanks > before)) {
      end = offset + line.length;
      // A line may begin left of the first one where the header counts.
      const wanted = Math.max(0, counted ? blanks + shift : blanks - before + after);
      if (wanted !== blanks) inside.push({ range: { start: offset, end: offset + blanks }, text: ' '.repeat(wanted) });
    } else if (blanks > 0 && !counted) inside.push({ range: { start: offset, end: offset + blanks }, text: '' });
  }
  if (header.includes('+')) return { end: start + source.length, inside };
  const last = text[end - 1] === '\r' ? end - 1 : end;
  return { end: last, inside: inside.filter(({ range }) => range.end <= last) };
}

function linesOf(source: string): readonly { readonly at: number; readonly line: string }[] {
  return [...source.matchAll(/([^\n]*?)(?:\r?\n|$)/g)]
    .filter(({ 0: whole, index }) => whole !== '' || index < source.length)
    .map(({ index, 1: line }) => ({ at: index, line: line ?? '' }));
}

function blanksAt(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
