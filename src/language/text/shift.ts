import type { Diagnostic, Fix } from '../diagnostic.js';
import type { Range } from './range.js';

/** Where a place of the text before stands in the text after an edit. */
export type Shift = (range: Range) => Range;

/** Everything so many characters further. */
export function shiftBy(delta: number): Shift {
  return ({ start, end }) => ({ start: start + delta, end: end + delta });
}

/** A diagnostic with all its places in this file shifted. */
export function shiftedDiagnostic(diagnostic: Diagnostic, file: string, shift: Shift): Diagnostic {
  const { range, related, fix } = diagnostic;
  return {
    ...diagnostic,
    range: shift(range),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => (place.file === file ? { ...place, range: shift(place.range) } : place)) }),
    ...(fix === undefined ? {} : { fix: shiftedFix(fix, shift) }),
  };
}

/**
 * A diagnostic of a text, at its places in the text after one edit. Undefined where one of them lies in what was edited, or touches it: then it is not
 * known what became of it.
 */
export function carriedOver(diagnostic: Diagnostic, file: string, before: string, after: string): Diagnostic | undefined {
  if (before === after) return diagnostic;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  const end = before.length - tail;
  let isLost = false;
  const shift: Shift = (range) => {
    if (range.end < start) return range;
    if (range.start > end) return shiftBy(after.length - before.length)(range);
    isLost = true;
    return range;
  };
  const carried = shiftedDiagnostic(diagnostic, file, shift);
  return isLost ? undefined : carried;
}

function shiftedFix(fix: Fix, shift: Shift): Fix {
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, range: shift(edit.range) })) };
}
