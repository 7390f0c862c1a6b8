import type { Diagnostic } from '../diagnostic.js';
import type { Positions } from '../text/positions.js';
import type { Range } from '../text/range.js';
import type { Step } from '../schema/generated/runbook.js';
import type { Visit } from './walk.js';

/** What a rule has found, with its place among the rules. */
export interface Found {
  readonly rule: number;
  readonly diagnostic: Diagnostic;
}

/** What is known of one step. */
export interface StepFindings {
  /** Its surroundings, one after the other. */
  readonly key: string;
  /** Where the step began. */
  readonly start: number;
  readonly found: readonly Found[];
}

/** All visits of each step, as one text: while it is the same, so is what its rules may see beside the step itself. */
export function surroundingsOf(visits: readonly Visit[]): ReadonlyMap<Step, string> {
  const keys = new Map<Step, string>();
  for (const { step, key } of visits) {
    if (step === undefined) continue;
    const before = keys.get(step);
    keys.set(step, before === undefined ? key : `${before}\n${key}`);
  }
  return keys;
}

/** Gives each finding to the step that it lies in, the innermost; what lies in none of these steps is left out. */
export function byStep(
  found: readonly Found[],
  steps: Iterable<Step>,
  keys: ReadonlyMap<Step, string>,
  positions: Positions,
): ReadonlyMap<Step, StepFindings> {
  const places = [...steps]
    .flatMap((step) => {
      const range = positions.of(step);
      return range === undefined ? [] : [{ step, range, found: [] as Found[], isApart: true }];
    })
    .sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
  const starts = places.map(({ range }) => range.start);
  for (const one of found) {
    const { range } = one.diagnostic;
    for (let at = lastAtMost(starts, range.start); at >= 0; at--) {
      const place = places[at];
      if (place === undefined || place.range.end < range.end) continue;
      place.found.push(one);
      place.isApart &&= placesOf(one.diagnostic).every((other) => isWithin(other, place.range));
      break;
    }
  }
  const known = places.filter(({ isApart }) => isApart);
  return new Map(known.map(({ step, range, found: own }) => [step, { key: keys.get(step) ?? '', start: range.start, found: own }]));
}

function placesOf({ related = [], fix }: Diagnostic): readonly Range[] {
  return [...related.map(({ range }) => range), ...(fix?.edits.map(({ range }) => range) ?? [])];
}

function isWithin(inner: Range, outer: Range): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function lastAtMost(sorted: readonly number[], most: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
