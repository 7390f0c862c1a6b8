import assert from 'node:assert/strict';
import { tokensOf } from '../../../src/language/index.js';

/** Comments of a text in order of place, without space behind them. */
export function commentsOf(text: string): readonly string[] {
  return [...tokensOf(text)].filter(({ type }) => type === 'comment').map(({ source }) => source.trimEnd());
}

/** Asserts that a text made of another still has all its comments and empty lines, wherever they stand now. */
export function assertNothingLost(made: string, text: string, where: string): void {
  assert.deepEqual([...commentsOf(made)].sort(), [...commentsOf(text)].sort(), where);
  assert.ok(emptyLinesOf(made) >= emptyLinesOf(text), `empty lines: ${where}`);
}

function emptyLinesOf(text: string): number {
  return (text.match(/^[ \t]*\r?$/gm) ?? []).length;
}
