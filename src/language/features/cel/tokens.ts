import type { Range } from '../../text/range.js';
import { celTokens } from '../symbols/celTokens.js';
import type { CelToken } from '../symbols/celTokens.js';

/** Signs between two values of which one says what the other may be. */
export const COMPARISONS = new Set(['==', '!=']);
/** The bracket that each closing one belongs to. */
export const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** The words of an expression; `==` is one sign. */
export function tokensIn(cel: string): readonly CelToken[] {
  const tokens = celTokens(cel);
  const all: CelToken[] = [];
  for (const token of tokens) {
    const last = all.at(-1);
    if (last?.kind === 'mark' && last.end === token.start && COMPARISONS.has(last.text + token.text))
      all[all.length - 1] = { kind: 'mark', text: last.text + token.text, start: last.start, end: token.end };
    else all.push(token);
  }
  return all;
}

/** Whether an offset is in a word; in quotes, not behind the last of them. */
export function isWordLike(token: CelToken, offset: number): boolean {
  if (token.kind === 'text') return offset < token.end || !isClosed(token);
  return token.kind === 'name' || (token.kind === 'number' && offset <= token.end);
}

function isClosed({ text }: CelToken): boolean {
  return /^[bBrR]{0,2}(?:"[^]*"|'[^]*')$/.test(text) && text.replace(/^[bBrR]+/, '').length > 1;
}

/** What stands between the quotes of a text. */
export function inQuotes(token: CelToken): Range {
  const head = /^[bBrR]{0,2}(?:"""|'''|["'])/.exec(token.text)?.[0].length ?? 1;
  const tail = isClosed(token) ? Math.min(head, token.text.length - head) : 0;
  return { start: token.start + head, end: Math.max(token.end - tail, token.start + head) };
}

/** Whether a value ends with a word. */
export function isOperand({ kind, text }: CelToken): boolean {
  return kind === 'mark' ? OPENING[text] !== undefined : !(kind === 'name' && text === 'in');
}
