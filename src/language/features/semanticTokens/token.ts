import type { Range } from '../../text/range.js';

/** Kinds of words, by the names that editors know. Their order is that of the numbers in the Language Server Protocol. */
export const TOKEN_TYPES = [
  'namespace',
  'class',
  'parameter',
  'variable',
  'property',
  'event',
  'function',
  'method',
  'label',
  'type',
  'keyword',
  'string',
  'number',
  'operator',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** What else may be said of a word; in the order of the bits of the Language Server Protocol. */
export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'defaultLibrary'] as const;
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** One word on one line, and what it is. */
export interface SemanticToken extends Range {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}
