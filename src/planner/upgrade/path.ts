import { compareVersions, isWithin, parseVersionRange } from '../../language/index.js';
import type { Runbook } from '../../language/index.js';
import type { PlanHop } from '../plan.js';

type Stops = NonNullable<NonNullable<Runbook['upgrade']>['stops']>;

/** More hops than any real path has: stops that lead on for ever. */
const MOST_HOPS = 50;

/**
 * The hops from one version to another, by the stops that lie between them: of those that apply to a hop the lowest is gone to first,
 * and what is left is judged again. Empty when both are the same version. Undefined when the stops never come to an end.
 */
export function hopsBetween(from: string, to: string, stops: Stops): readonly PlanHop[] | undefined {
  if (compareVersions(from, to) === 0) return [];
  const path = [from];
  const ahead = [to];
  while (ahead.length > 0) {
    if (path.length + ahead.length > MOST_HOPS) return undefined;
    const here = path.at(-1) ?? from;
    const next = ahead.at(-1) ?? to;
    const via = lowestStop(here, next, stops);
    if (via === undefined) {
      path.push(next);
      ahead.pop();
    } else ahead.push(via);
  }
  return path.slice(1).map((version, index) => ({
    number: index + 1,
    last: index === path.length - 2,
    from: path[index] ?? from,
    to: version,
  }));
}

function lowestStop(from: string, to: string, stops: Stops): string | undefined {
  return stops
    .filter((stop) => {
      const origin = parseVersionRange(stop.from);
      const goal = parseVersionRange(stop.to);
      if (origin === undefined || goal === undefined || !isWithin(from, origin) || !isWithin(to, goal)) return false;
      return compareVersions(from, stop.via) < 0 && compareVersions(stop.via, to) < 0;
    })
    .map(({ via }) => via)
    .sort(compareVersions)[0];
}
