import type { Range } from '../text/range.js';
import { rememberByText } from '../text/remembered.js';

/** Text with `${{ }}` in it, taken apart. Ranges are relative to the text. */
export interface Template {
  readonly parts: readonly TemplatePart[];
  /** An opening without its end. */
  readonly unclosed: Range | undefined;
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `cel` starts at `range.start`; the braces are outside it. */
  | { readonly kind: 'expression'; readonly cel: string; readonly range: Range };

const OPEN = '${{';
const CLOSE = '}}';

/** Takes text apart at `${{` … `}}`. Braces inside a quoted string of the expression do not end it. Never throws. */
export const parseTemplate: (text: string) => Template = rememberByText(takeApart);

function takeApart(text: string): Template {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf(OPEN, at);
    if (open < 0) {
      if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
      return { parts, unclosed: undefined };
    }
    if (open > at) parts.push({ kind: 'text', text: text.slice(at, open) });
    const close = findClose(text, open + OPEN.length);
    if (close < 0) return { parts, unclosed: { start: open, end: text.length } };
    parts.push({ kind: 'expression', ...trimmed(text, open + OPEN.length, close) });
    at = close + CLOSE.length;
  }
}

/** Whether text contains an expression at all; cheaper than taking it apart. */
export function hasTemplate(text: string): boolean {
  return text.includes(OPEN);
}

/** The expression of a text that is one whole `${{ }}`, which keeps the type of its value. */
export function wholeExpression(template: Template): string | undefined {
  const [only, ...more] = template.parts;
  return only?.kind === 'expression' && more.length === 0 ? only.cel : undefined;
}

function findClose(text: string, from: number): number {
  let quote: string | undefined;
  for (let i = from; i < text.length; i++) {
    const char = text[i] as string;
    if (quote !== undefined) {
      if (char === '\\') i++;
      else if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (text.startsWith(CLOSE, i) && text[i + CLOSE.length] !== '}') {
      return i;
    }
  }
  return -1;
}

function trimmed(text: string, from: number, to: number): { cel: string; range: Range } {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text[start] as string)) start++;
  while (end > start && /\s/.test(text[end - 1] as string)) end--;
  return { cel: text.slice(start, end), range: { start, end } };
}
