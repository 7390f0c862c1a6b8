import { plainValue } from '../../parser/plainValue.js';
import type { ScalarNode } from '../../text/syntaxNode.js';
import { isBlank } from './lines.js';
import type { Line, Lines } from './lines.js';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', e: '\u001b', '\n': '', ' ': ' ' };

/** A scalar without quotes. Numbers, booleans and nothing are told apart from text. */
export function plainScalar(source: string, start: number, end: number): ScalarNode {
  return { kind: 'scalar', start, end, value: valueOf(source), source, plain: true };
}

/** Where the part of a line that is no comment ends, blanks at its end apart. */
export function withoutComment(text: string, from: number, end: number): number {
  let to = end;
  for (let at = text.indexOf('#', from); at >= 0 && at < end; at = text.indexOf('#', at + 1)) {
    if (at > from && !isBlank(text.charCodeAt(at - 1))) continue;
    to = at;
    break;
  }
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return to;
}

/** Reads a quoted text from its first quote. One that is never closed ends with its line: what follows was written before the quote. */
export function readQuoted(lines: Lines, start: number, floor: number): ScalarNode {
  const { text } = lines;
  const quote = text[start] ?? '"';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\n' && !goesOn(lines, at, floor)) break;
    if (char === '\\' && quote === '"') at++;
    else if (char === quote && quote === "'" && text[at + 1] === "'") at++;
    else if (char === quote) return quoted(text, start, at + 1, at);
  }
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found;
  return quoted(text, start, text[end - 1] === '\r' ? end - 1 : end, end);
}

/** Reads the lines of a block of text, up to the first that is not further in than `floor`. */
export function readBlockText(lines: Lines, start: number, headerEnd: number, floor: number): ScalarNode {
  const { text } = lines;
  const isFolded = text[start] === '>';
  lines.leave(headerEnd);
  const kept: string[] = [];
  let indent = -1;
  let end = headerEnd;
  for (let line = lines.peekRaw(); line !== undefined; line = lines.peekRaw()) {
    const blank = line.at >= line.end;
    if (!blank && line.indent <= floor) break;
    // A comment that stands further out is behind the block.
    if (!blank && line.indent < indent && text[line.at] === '#') break;
    if (!blank && indent < 0) ({ indent } = line);
    kept.push(blank ? '' : text.slice(Math.min(line.at, line.start + indent), line.end));
    if (!blank) ({ end } = line);
    lines.takeRaw();
  }
  while (kept.at(-1) === '') kept.pop();
  const value = kept.join(isFolded ? ' ' : '\n') + (kept.length > 0 ? '\n' : '');
  return { kind: 'scalar', start, end, value, source: value, plain: false };
}

/** Whether a line break within a value is followed by a line that still belongs to it. */
export function goesOn(lines: Lines, lineBreak: number, floor: number): boolean {
  const next: Line | undefined = lines.after(lines.lineAt(lineBreak));
  return next !== undefined && next.indent > floor;
}

function quoted(text: string, start: number, end: number, inner: number): ScalarNode {
  const source = text.slice(start + 1, Math.max(inner, start + 1));
  const joined = source.includes('\n') ? source.replace(/[ \t]*(?:\r?\n[ \t]*)+/g, folded) : source;
  const value = text[start] === "'" ? joined.replaceAll("''", "'") : unescaped(joined);
  return { kind: 'scalar', start, end, value, source: value, plain: false };
}

/** What line breaks and the blanks around them become: a blank, or one break less than there are. */
export function folded(breaks: string): string {
  const count = breaks.split('\n').length - 1;
  return count === 1 ? ' ' : '\n'.repeat(count - 1);
}

function unescaped(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(/\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|([^]))/g, (_, x?: string, u?: string, one?: string) =>
    one === undefined ? String.fromCharCode(Number.parseInt(x ?? u ?? '', 16)) : (ESCAPES[one] ?? one),
  );
}

function valueOf(source: string): unknown {
  if (source === '' || /^(?:~|null)$/i.test(source)) return null;
  const value = plainValue(source);
  if (value !== undefined) return value;
  if (/^(?:true|false)$/i.test(source)) return source.toLowerCase() === 'true';
  if (/^[-+]?\.inf$/i.test(source)) return source.startsWith('-') ? -Infinity : Infinity;
  if (/^\.nan$/i.test(source)) return Number.NaN;
  const number = Number(source);
  return Number.isNaN(number) ? source : number;
}
