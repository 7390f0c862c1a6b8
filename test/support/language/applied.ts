import assert from 'node:assert/strict';
import type { TextEdit } from '../../../src/language/index.js';

/** A text with edits made. They must lie within it, be in order, and not touch the same text twice. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  let made = '';
  let at = 0;
  for (const { range, text: put } of edits) {
    assert.ok(at <= range.start && range.start <= range.end && range.end <= text.length, `an edit at ${String(range.start)}`);
    made += text.slice(at, range.start) + put;
    at = range.end;
  }
  return made + text.slice(at);
}
