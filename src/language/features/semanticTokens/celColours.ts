import { celTokens } from '../symbols/celTokens.js';
import { CEL_WORDS, ROOT_DOCS } from '../cel/functionDocs.js';
import type { SemanticToken } from './token.js';

/** Roots of expressions that hold names of one kind. */
const SPACES: ReadonlySet<string> = new Set(['inputs', 'facts', 'hosts', 'steps', 'secrets', 'advisories', 'cel']);
const OPERATORS: ReadonlySet<string> = new Set(['=', '!', '<', '>', '&', '|', '+', '-', '*', '/', '%', '?', ':']);

/** The words of an expression by what they look like, with ranges within it. Brackets, dots and commas are none. */
export function celColours(cel: string): readonly SemanticToken[] {
  const tokens = celTokens(cel);
  const words: SemanticToken[] = [];
  for (const [index, { kind, text, start, end }] of tokens.entries()) {
    const before = words.at(-1);
    if (kind === 'name') words.push({ start, end, ...nameColour(text, isMember(tokens, index), tokens[index + 1]?.text === '(') });
    else if (kind !== 'mark') words.push({ start, end, type: kind === 'text' ? 'string' : 'number', modifiers: [] });
    else if (!OPERATORS.has(text)) continue;
    else if (before?.type === 'operator' && before.end === start) words[words.length - 1] = { ...before, end };
    else words.push({ start, end, type: 'operator', modifiers: [] });
  }
  return words;
}

function isMember(tokens: readonly { readonly text: string }[], index: number): boolean {
  const before = tokens[index - 1]?.text;
  return before === '.' || (before === '?' && tokens[index - 2]?.text === '.');
}

function nameColour(name: string, isMember: boolean, isCalled: boolean): Pick<SemanticToken, 'type' | 'modifiers'> {
  if (isMember) return isCalled ? { type: 'method', modifiers: ['defaultLibrary'] } : { type: 'property', modifiers: [] };
  if (isCalled) return { type: 'function', modifiers: ['defaultLibrary'] };
  if (Object.hasOwn(CEL_WORDS, name)) return { type: 'keyword', modifiers: [] };
  if (SPACES.has(name)) return { type: 'namespace', modifiers: ['defaultLibrary'] };
  return { type: 'variable', modifiers: Object.hasOwn(ROOT_DOCS, name) ? ['defaultLibrary'] : [] };
}
