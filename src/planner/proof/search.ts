import { MOST_COMBINATIONS, pairwise } from './pairwise.js';
import { truthOf } from './presence.js';
import type { Assignment } from './presence.js';
import { brokenMoments, countsFor, perhapsBroken } from './simulation.js';
import type { Pair, PairMoment } from './simulation.js';
import type { Unknown } from './unknowns.js';
import { Work } from './work.js';

/** A moment in which a pair is broken, and values under which it is. */
export interface FoundBreach {
  readonly moment: number;
  readonly undone: boolean;
  readonly values: Assignment;
}

/** What a search has found. */
export interface Searched {
  readonly breaches: readonly FoundBreach[];
  /** Combinations that were told apart. */
  readonly combinations: number;
  /** There were too many: only each pair of values was tried for what had not been found by then. */
  readonly pairwise: boolean;
}

/**
 * Looks for values under which a pair of effects is broken, for each moment in which it can be. Values are given one by one, and only those
 * that a moment still depends on: most of what is open never matters. Complete unless it says `pairwise`.
 */
export function searchBreaches(moments: readonly PairMoment[], pair: Pair, work: Work = new Work()): Searched {
  const unknowns = unknownsOf(moments, pair);
  const values = new Map<Unknown, number>();
  const found = new Map<number, FoundBreach>();
  let combinations = 0;
  let visits = 0;
  const note = (assignment: Assignment): void => {
    for (const { moment, undone } of brokenMoments(moments, pair, assignment))
      if (!found.has(moment)) found.set(moment, { moment, undone, values: assignment });
  };
  /** False when it gives up. */
  const explore = (): boolean => {
    if (++visits > 2 * MOST_COMBINATIONS || !work.spend(moments.length)) return false;
    const perhaps = perhapsBroken(moments, pair, values).filter((moment) => !found.has(moment));
    const [moment] = perhaps;
    const open = moment === undefined ? undefined : nextUnknown(moments, pair, moment, values);
    if (open === undefined) {
      combinations++;
      if (moment !== undefined) note(new Map(unknowns.map((unknown) => [unknown, values.get(unknown) ?? 0])));
      return true;
    }
    for (let value = 0; value < open.size; value++) {
      values.set(open, value);
      if (!explore()) return false;
    }
    values.delete(open);
    return true;
  };
  if (explore()) return { breaches: [...found.values()], combinations, pairwise: false };
  // Their table takes as long as all they have in pairs.
  const rows = work.spend(unknowns.length ** 2) ? pairwise(unknowns.map(({ size }) => size)) : [];
  for (const row of rows) if (work.spend(moments.length)) note(new Map(unknowns.map((unknown, index) => [unknown, row[index] ?? 0])));
  return { breaches: [...found.values()], combinations: combinations + rows.length, pairwise: true };
}

/** What the presence of everything that counts for a pair depends on. */
function unknownsOf(moments: readonly PairMoment[], pair: Pair): readonly Unknown[] {
  const counting = moments.flatMap(({ happenings }) => happenings.filter((happening) => countsFor(happening, pair)));
  return [...new Set(counting.flatMap(({ presence }) => (presence.kind === 'known' ? [] : presence.unknowns)))];
}

/** Something that decides whether a moment is broken: first whether it takes place, then what comes before it. */
function nextUnknown(moments: readonly PairMoment[], pair: Pair, until: number, values: Assignment): Unknown | undefined {
  const earlier = moments.filter(({ moment }) => moment < until);
  for (const { happenings } of [...moments.filter(({ moment }) => moment === until), ...earlier]) {
    for (const happening of happenings) {
      const { presence } = happening;
      if (presence.kind === 'known' || !countsFor(happening, pair) || truthOf(presence, values) !== undefined) continue;
      const open = presence.unknowns.find((unknown) => !values.has(unknown));
      if (open !== undefined) return open;
    }
  }
  return undefined;
}
