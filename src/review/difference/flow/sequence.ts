import type { ParsedRunbook, Step } from '../../../language/index.js';
import { quoted } from '../words.js';
import { allEffects, nameOf, sortOf } from './act.js';
import type { Act } from './act.js';
import type { ActPair } from './match.js';

/** A step that comes earlier or later than before, in relation to another one. */
export interface Displaced {
  readonly pair: ActPair;
  /** A step it has changed places with; one that its place matters to, where there is one. */
  readonly passed: ActPair;
  readonly isEarlier: boolean;
  /** One of the two acts on hosts, so that their order counts. */
  readonly counts: boolean;
}

/**
 * The fewest steps that must have been moved to come from the order of the old flow to that of the new one. `oldOrder`: the acts of
 * the old flow, all of them.
 */
export function displaced(pairs: readonly ActPair[], oldOrder: readonly Act[]): readonly Displaced[] {
  const place = new Map(oldOrder.map((act, index) => [act, index]));
  const before = pairs.map(({ old }) => place.get(old) ?? 0);
  const stayed = longestIncreasing(before);
  const weights = pairs.map(({ old, now }) => weightOf(old) || weightOf(now));
  const found: Displaced[] = [];
  pairs.forEach((pair, index) => {
    if (stayed.has(index)) return;
    const hasPassed = (other: number): boolean => other !== index && other < index !== (before[other] ?? 0) < (before[index] ?? 0);
    const matters = pairs.findIndex((_, other) => (weights[other] === true || weights[index] === true) && hasPassed(other));
    const chosen = matters >= 0 ? matters : pairs.findIndex((_, other) => hasPassed(other));
    const partner = pairs[chosen];
    if (partner !== undefined) found.push({ pair, passed: partner, isEarlier: index < chosen, counts: matters >= 0 });
  });
  return found;
}

/** The act of a step on hosts: what must not come before its check. */
function weightOf({ step }: Act): boolean {
  return sortOf(step) === 'act' || allEffects(step).length > 0;
}

/** A step, or the group of several that has moved as one. */
export interface Mover {
  readonly step: Step;
  readonly document: ParsedRunbook;
  readonly path: string;
}

/** What has moved, seen from where the two steps part: `now` or `old`. */
export function moverOf({ pair, passed }: Displaced, side: keyof ActPair): Mover {
  const [act, other] = [pair[side], passed[side]];
  return act.groups.find(({ step }, level) => other.groups[level]?.step !== step) ?? act;
}

/** How a displaced step is told of: `"A" now comes before "B"`. `effects`: what it does to hosts, with all that has moved with it. */
export function displacedInWords(one: Displaced, effects: readonly string[]): string {
  const [mover, other] = [moverOf(one, 'now'), moverOf({ ...one, pair: one.passed, passed: one.pair }, 'now')];
  const does = effects.length === 0 ? '' : ` (${effects.join(', ')})`;
  const last = one.pair.now.step.irreversible === undefined ? '' : '; it cannot be taken back';
  return `${quoted(nameOf(mover.step, mover.path))}${does} now comes ${one.isEarlier ? 'before' : 'after'} ${quoted(nameOf(other.step, other.path))}${last}`;
}

/** Places of a longest run of growing numbers, not next to each other. */
function longestIncreasing(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous: number[] = [];
  numbers.forEach((number, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const found = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) found.add(at);
  return found;
}
