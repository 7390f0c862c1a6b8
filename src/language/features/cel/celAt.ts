import type { TextFormat } from '../../schema/jsonSchema.js';

/** An expression within a text, and a place in it. */
export interface CelAt {
  readonly cel: string;
  /** Offset in the expression. */
  readonly at: number;
  /** Offset of the expression in the text. */
  readonly start: number;
}

const OPEN = '${{';
const CLOSE = '}}';

/** The expression around a place in the value of a text: all of a condition, or what stands between the braces of a template, closed or not. */
export function celAt(value: string, at: number, format: TextFormat | undefined): CelAt | undefined {
  if (format === 'cel') return { cel: value, at, start: 0 };
  if (format !== 'template' && format !== 'markdown') return undefined;
  const open = value.lastIndexOf(OPEN, at - OPEN.length);
  if (open < 0 || value.slice(open, at).includes(CLOSE)) return undefined;
  const start = open + OPEN.length;
  const found = value.indexOf(CLOSE, at);
  const next = value.indexOf(OPEN, at);
  const line = value.slice(at).search(/[\n\r]|$/) + at;
  const end = found >= 0 && (next < 0 || found < next) ? found : line;
  return { cel: value.slice(start, Math.max(end, at)), at: at - start, start };
}
