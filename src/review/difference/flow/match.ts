import { actionOf } from '../../../planner/index.js';
import { digestOf } from '../meaning.js';
import type { ProjectNames } from '../names.js';
import { sortOf } from './act.js';
import type { Act } from './act.js';

/** A step before and after. */
export interface ActPair {
  readonly old: Act;
  readonly now: Act;
}

/** Which steps are the same, and which are gone and new. */
export interface Matched {
  /** In the order of the new runbook. */
  readonly pairs: readonly ActPair[];
  readonly removed: readonly Act[];
  readonly added: readonly Act[];
}

type KeyOf = (act: Act, digest: string) => string | undefined;

/** From the surest sign that two steps are one to the weakest; undefined where a step has not that sign. */
const SIGNS: readonly KeyOf[] = [
  (act, digest) => JSON.stringify([act.section, act.path, digest]),
  (act, digest) => (act.step.id === undefined ? undefined : JSON.stringify([act.step.id, digest])),
  (_act, digest) => digest,
  (act) => (act.step.id === undefined ? undefined : JSON.stringify([act.section, act.path])),
  (act) => (act.step.id === undefined ? undefined : JSON.stringify([act.step.id, lastGroup(act)])),
  (act) => (act.step.id === undefined ? undefined : JSON.stringify([act.step.id, sortOf(act.step)])),
  (act) => (act.step.title === undefined ? undefined : JSON.stringify([act.step.title, actionOf(act.step)])),
  (act) => (act.step.id === undefined ? JSON.stringify([act.section, act.path, actionOf(act.step)]) : undefined),
];

/**
 * Pairs the steps of two flows: what stands at the same path and means the same, then what means the same elsewhere or under another name, then what
 * has the same id or title. Of several that are alike the first is taken first.
 */
export function matchActs(old: readonly Act[], now: readonly Act[], names: ProjectNames): Matched {
  const digests = new Map<object, string>();
  for (const { step, document } of old) if (!digests.has(step)) digests.set(step, digestOf(step, names.in(document)));
  for (const { step } of now) if (!digests.has(step)) digests.set(step, digestOf(step));
  const partner = new Map<Act, Act>();
  const taken = new Set<Act>();
  for (const sign of SIGNS) {
    const keyOf = (act: Act): string | undefined => sign(act, digests.get(act.step) ?? '');
    const free = new Map<string, Act[]>();
    for (const act of old) {
      const key = taken.has(act) ? undefined : keyOf(act);
      if (key === undefined) continue;
      const list = free.get(key);
      if (list === undefined) free.set(key, [act]);
      else list.push(act);
    }
    for (const list of free.values()) list.reverse();
    for (const act of now) {
      const key = partner.has(act) ? undefined : keyOf(act);
      const found = key === undefined ? undefined : free.get(key)?.pop();
      if (found === undefined) continue;
      partner.set(act, found);
      taken.add(found);
    }
  }
  return {
    pairs: now.flatMap((act) => {
      const found = partner.get(act);
      return found === undefined ? [] : [{ old: found, now: act }];
    }),
    removed: old.filter((act) => !taken.has(act)),
    added: now.filter((act) => !partner.has(act)),
  };
}

function lastGroup({ path }: Act): string | undefined {
  return path.split('/').at(-2);
}
