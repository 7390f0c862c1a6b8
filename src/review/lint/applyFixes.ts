import type { Fix, TextEdit } from '../../language/index.js';

/** A text after some mends, and how many of them. */
export interface Mended {
  readonly text: string;
  readonly count: number;
}

/**
 * Carries out mends, from the first place to the last. One that touches what another has touched waits for the next round, because its places no
 * longer hold. Line breaks that are put in are those of the text.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): Mended {
  const taken: TextEdit[] = [];
  let count = 0;
  for (const { edits } of [...fixes].sort((a, b) => startOf(a) - startOf(b))) {
    if (edits.length === 0 || edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    taken.push(...edits);
    count++;
  }
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  let mended = text;
  for (const { range, text: inserted } of taken.sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end))
    mended = mended.slice(0, range.start) + inserted.replace(/\r?\n/g, lineBreak) + mended.slice(range.end);
  return { text: mended, count };
}

function startOf({ edits }: Fix): number {
  return Math.min(...edits.map(({ range }) => range.start));
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}
