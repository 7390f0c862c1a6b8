import type { Fix, TextEdit } from '../../language/index.js';
import { applyFixes } from './applyFixes.js';
import type { JudgedFinding } from './judge.js';

/** Rounds of mending and checking again; what is not done by then takes turns with itself. */
export const MOST_ROUNDS = 10;

/** The mends that may be taken unasked: they do not guess what was meant. */
export function safeFixes(findings: Iterable<{ readonly fix?: Fix }>): readonly Fix[] {
  return [...findings].flatMap(({ fix }) => (fix === undefined || fix.guess === true ? [] : [fix]));
}

/**
 * One text after every mend that does not guess, round by round, as `runbook lint --fix` mends a file. `judged` says what counts in a text. A round that
 * would bring errors into a text without any is left out.
 */
export async function mendText(text: string, judged: (text: string) => Promise<readonly JudgedFinding[]>): Promise<string> {
  let now = text;
  let findings = await judged(now);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { text: next } = applyFixes(now, safeFixes(findings));
    if (next === now) break;
    const after = await judged(next);
    if (after.some(({ firm }) => firm) && !findings.some(({ firm }) => firm)) break;
    [now, findings] = [next, after];
  }
  return now;
}

/** The one edit that makes a text of another one, without what both begin and end with; undefined where they are the same. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { range: { start, end: before.length - same }, text: after.slice(start, after.length - same) };
}
