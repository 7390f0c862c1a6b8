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

function shiftedFix(fix: Fix, shift: Shift): Fix {
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, range: shift(edit.range) })) };
}
