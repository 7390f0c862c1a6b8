import { compareVersions, isWithin, parseVersionRange } from '../../language/index.js';
import type { Runbook, VersionRange } from '../../language/index.js';
import type { PlanHop } from '../plan.js';

type Stops = NonNullable<NonNullable<Runbook['upgrade']>['stops']>;
type Stop = Stops[number];

/** More hops than any real path has: stops that lead on for ever. */
const MOST_HOPS = 50;

/**
 * The hops from one version to another, by the stops that lie between them: of those that apply to a hop the lowest is gone to first,
 * and what is left is judged again. Empty when both are the same version. Undefined when the stops never come to an end.
 */
export function hopsBetween(from: string, to: string, stops: Stops): readonly PlanHop[] | undefined {
  if (compareVersions(from, to) === 0) return [];
  const between = stopsRead(stops);
  const path = [from];
  const ahead = [to];
  while (ahead.length > 0) {
    if (path.length + ahead.length > MOST_HOPS) return undefined;
    const here = path.at(-1) ?? from;
    const next = ahead.at(-1) ?? to;
    const via = between.lowest(here, next);
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

/** A stop that applies to a hop of a path which does not come by it, because it does not lie between the ends of the hop. */
export function missedStop(hops: readonly PlanHop[], stops: Stops): { readonly stop: Stop; readonly hop: PlanHop } | undefined {
  const passed = hops.flatMap(({ from, to }) => [from ?? to, to]);
  const read = stopsRead(stops);
  for (const hop of hops) {
    const stop = read
      .applying(hop.from ?? hop.to, hop.to)
      .find(({ via }) => !passed.some((version) => compareVersions(version, via) === 0));
    if (stop !== undefined) return { stop, hop };
  }
  return undefined;
}

/** Stops with their ranges read, and what was found out about them: the paths of a runbook have most of their hops in common. */
class StopsRead {
  readonly #byVia: readonly { readonly stop: Stop; readonly origin: VersionRange; readonly goal: VersionRange }[];
  readonly #lowest = new Map<string, string | undefined>();
  readonly #applying = new Map<string, readonly Stop[]>();

  constructor(stops: Stops) {
    this.#byVia = stops
      .flatMap((stop) => {
        const origin = parseVersionRange(stop.from);
        const goal = parseVersionRange(stop.to);
        return origin === undefined || goal === undefined ? [] : [{ stop, origin, goal }];
      })
      .sort((a, b) => compareVersions(a.stop.via, b.stop.via));
  }

  applying(from: string, to: string): readonly Stop[] {
    const key = `${from} → ${to}`;
    let applying = this.#applying.get(key);
    if (applying === undefined) {
      applying = this.#byVia.filter(({ origin, goal }) => isWithin(from, origin) && isWithin(to, goal)).map(({ stop }) => stop);
      this.#applying.set(key, applying);
    }
    return applying;
  }

  lowest(from: string, to: string): string | undefined {
    const key = `${from} → ${to}`;
    if (!this.#lowest.has(key))
      this.#lowest.set(
        key,
        this.#byVia.find(
          ({ stop: { via }, origin, goal }) =>
            compareVersions(from, via) < 0 && compareVersions(via, to) < 0 && isWithin(from, origin) && isWithin(to, goal),
        )?.stop.via,
      );
    return this.#lowest.get(key);
  }
}

const known = new WeakMap<Stops, StopsRead>();

function stopsRead(stops: Stops): StopsRead {
  let read = known.get(stops);
  if (read === undefined) {
    read = new StopsRead(stops);
    known.set(stops, read);
  }
  return read;
}
