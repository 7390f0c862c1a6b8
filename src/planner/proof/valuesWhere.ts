import { MOST_COMBINATIONS, pairwise } from './pairwise.js';
import { truthOf } from './presence.js';
import type { Assignment, Presence } from './presence.js';
import type { Unknown } from './unknowns.js';

/** Presences that are looked at before it gives up. */
const MOST_LOOKS = 500_000;

/**
 * Values under which something is so, and none that it does not depend on; undefined where there are none. `judge` says what it can with some
 * values given, by presences alone. Complete up to {@link MOST_COMBINATIONS} steps of the search; beyond, each pair of values is tried.
 */
export function valuesWhere(judge: (values: Assignment) => boolean | undefined, presences: readonly Presence[]): Assignment | undefined {
  const values = new Map<Unknown, number>();
  let visits = 0;
  const explore = (): 'found' | 'none' | 'gave up' => {
    if (++visits > 2 * MOST_COMBINATIONS || visits * presences.length > MOST_LOOKS) return 'gave up';
    const truth = judge(values);
    if (truth !== undefined) return truth ? 'found' : 'none';
    const open = nextUnknown(presences, values);
    if (open === undefined) return 'none';
    for (let value = 0; value < open.size; value++) {
      values.set(open, value);
      const outcome = explore();
      if (outcome !== 'none') return outcome;
    }
    values.delete(open);
    return 'none';
  };
  const outcome = explore();
  if (outcome !== 'gave up') return outcome === 'found' ? values : undefined;
  const unknowns = [...new Set(presences.flatMap((presence) => (presence.kind === 'known' ? [] : presence.unknowns)))];
  for (const row of pairwise(unknowns.map(({ size }) => size))) {
    const tried: Assignment = new Map(unknowns.map((unknown, index) => [unknown, row[index] ?? 0]));
    if (judge(tried) === true) return tried;
  }
  return undefined;
}

/** What comes last decides most. */
function nextUnknown(presences: readonly Presence[], values: Assignment): Unknown | undefined {
  const undecided = presences.findLast((presence) => truthOf(presence, values) === undefined);
  return undecided?.kind === 'open' ? undecided.unknowns.find((unknown) => !values.has(unknown)) : undefined;
}
