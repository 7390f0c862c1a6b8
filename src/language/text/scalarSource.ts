import type { Range } from './range.js';

const LONG_ESCAPES: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/**
 * Where a part of the value of a YAML scalar stands in the source: past quotes, escapes, folded lines and indentation.
 * `scalar` is the range of the source text of the whole scalar; `part` is within its value.
 */
export function sourceRange(text: string, scalar: Range, value: string, part: Range): Range {
  return sourceMap(text, scalar, value)(part);
}

/** {@link sourceRange} for many parts of one value: the source is gone through once. */
export function sourceMap(text: string, scalar: Range, value: string): (part: Range) => Range {
  const source = text.slice(scalar.start, scalar.end);
  if (source.startsWith('*')) return () => scalar;
  const { offsets, ends, end } = align(source, value);
  return (part) => {
    const start = offsets[part.start] ?? end;
    const last = part.end > part.start ? (ends[part.end - 1] ?? end) : start;
    return { start: scalar.start + Math.min(start, source.length), end: scalar.start + Math.min(Math.max(last, start), source.length) };
  };
}

/** Where the source of each character of the value begins and ends. */
function align(source: string, value: string): { offsets: number[]; ends: number[]; end: number } {
  const quote = source[0];
  const block = quote === '|' || quote === '>';
  let at = block ? source.indexOf('\n') + 1 : quote === '"' || quote === "'" ? 1 : 0;
  const offsets: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i < value.length;) {
    const wanted = value[i] as string;
    if (quote === '"' && source[at] === '\\') {
      const kind = source[at + 1] ?? '';
      const length = LONG_ESCAPES[kind] ?? 2;
      const lineBreak = kind === '\n' || kind === '\r';
      if (!lineBreak) offsets[i++] = at;
      if (kind === 'U' && value.codePointAt(i - 1) !== value.charCodeAt(i - 1)) offsets[i++] = at;
      at += length;
      if (!lineBreak) ends[offsets.length - 1] = at;
    } else if (source[at] === wanted) {
      offsets[i++] = at;
      at += quote === "'" && wanted === "'" ? 2 : 1;
      ends[offsets.length - 1] = at;
    } else if (isBlank(source[at])) {
      if (isBlank(wanted)) offsets[i++] = at;
      at++;
    } else {
      offsets[i++] = Math.min(at, source.length);
      if (!isBlank(wanted)) at++;
    }
  }
  return { offsets, ends: offsets.map((offset, index) => ends[index] ?? offset + 1), end: at };
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t';
}
