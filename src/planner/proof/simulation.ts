import type { EffectName } from '../../language/index.js';
import type { HostName } from '../plan.js';
import { isPresent, truthOf } from './presence.js';
import type { Assignment } from './presence.js';
import type { Happening, Moment } from './trace.js';

/** An effect on one host. */
export interface HostEffect {
  readonly effect: EffectName;
  readonly host: HostName;
}

/** Two effects of which one must come first. */
export interface Pair {
  readonly first: HostEffect;
  readonly then: HostEffect;
}

/** A moment in which `then` begins too early. */
export interface BrokenMoment {
  readonly moment: number;
  /** `first` had happened but is no longer in force. */
  readonly undone: boolean;
}

/** What ends an effect on the same host. */
export const ENDED_BY: Readonly<Partial<Record<EffectName, readonly EffectName[]>>> = { stop: ['start', 'boot'], isolate: ['rejoin'] };

/** What happens to the hosts of a pair at one moment. */
export interface PairMoment {
  /** Its place among all moments. */
  readonly moment: number;
  readonly happenings: readonly Happening[];
}

/** What happens to each host, by host, so that a pair is looked at without all the others. */
export function happeningsByHost(moments: readonly Moment[]): ReadonlyMap<HostName, readonly PairMoment[]> {
  const byHost = new Map<HostName, PairMoment[]>();
  moments.forEach(({ happenings }, moment) => {
    for (const happening of happenings) {
      const known = byHost.get(happening.host);
      if (known === undefined) byHost.set(happening.host, [{ moment, happenings: [happening] }]);
      else known.push({ moment, happenings: [happening] });
    }
  });
  return byHost;
}

/** The moments of the hosts of a pair, in order. */
export function momentsOfPair(byHost: ReadonlyMap<HostName, readonly PairMoment[]>, { first, then }: Pair): readonly PairMoment[] {
  const own = [...new Set([first.host, then.host])].flatMap((host) => byHost.get(host) ?? []);
  const merged = new Map<number, Happening[]>();
  for (const { moment, happenings } of own) merged.set(moment, [...(merged.get(moment) ?? []), ...happenings]);
  return [...merged].map(([moment, happenings]) => ({ moment, happenings })).sort((a, b) => a.moment - b.moment);
}

/** Goes through the moments of a pair once, under given values, and tells where `then` begins before `first` has happened. */
export function brokenMoments(moments: readonly PairMoment[], { first, then }: Pair, values: Assignment): readonly BrokenMoment[] {
  const broken: BrokenMoment[] = [];
  const before = new EffectState(first);
  const after = new EffectState(then);
  const mustHold = first.host === then.host;
  for (const { moment, happenings } of moments) {
    const present = happenings.filter(({ presence }) => isPresent(presence, values));
    const begins = present.some((happening) => after.wouldHappen(happening));
    if (begins && !before.happened) broken.push({ moment, undone: false });
    else if (begins && mustHold && !before.inForce) broken.push({ moment, undone: true });
    for (const happening of present) {
      before.take(happening);
      after.take(happening);
    }
  }
  return broken;
}

/** Whether a happening matters for a pair. */
export function countsFor({ host, does, stages }: Happening, { first, then }: Pair): boolean {
  const counts = (effect: EffectName): boolean => does.includes(effect) || stages.includes(effect);
  const ends = first.host === then.host && does.some((effect) => ENDED_BY[first.effect]?.includes(effect) === true);
  return (
    (host === first.host && (counts(first.effect) || does.includes('boot') || ends)) ||
    (host === then.host && (counts(then.effect) || does.includes('boot')))
  );
}

/**
 * The moments in which a pair may be broken while only some values are given: none other is, whatever the rest. With all values given exactly
 * those of {@link brokenMoments}.
 */
export function perhapsBroken(moments: readonly PairMoment[], { first, then }: Pair, values: Assignment): readonly number[] {
  const broken: number[] = [];
  const before = new PartialState(first);
  const after = new PartialState(then);
  const mustHold = first.host === then.host;
  for (const { moment, happenings } of moments) {
    const present = happenings.map((happening) => ({ happening, here: truthOf(happening.presence, values) }));
    const begins = present.some(({ happening, here }) => here !== false && after.wouldHappen(happening) !== false);
    if (begins && (before.happened !== true || (mustHold && before.inForce !== true))) broken.push(moment);
    for (const { happening, here } of present) {
      before.take(happening, here);
      after.take(happening, here);
    }
  }
  return broken;
}

/** The first moment, from a given one on, in which an effect may take place; undefined when it never does. */
export function nextMomentOf(moments: readonly Moment[], effect: HostEffect, from: number): Moment | undefined {
  const state = new EffectState(effect);
  return moments.find(({ happenings }, moment) => {
    const happens = happenings.some((happening) => state.wouldHappen(happening));
    for (const happening of happenings) state.take(happening);
    return moment >= from && happens;
  });
}

/** How one effect on one host stands. */
class EffectState {
  happened = false;
  inForce = false;
  #staged = false;
  readonly #effect: EffectName;
  readonly #host: HostName;

  constructor({ effect, host }: HostEffect) {
    this.#effect = effect;
    this.#host = host;
  }

  wouldHappen({ host, does }: Happening): boolean {
    return host === this.#host && (does.includes(this.#effect) || (this.#staged && does.includes('boot')));
  }

  take(happening: Happening): void {
    const { host, does, stages } = happening;
    if (host !== this.#host) return;
    if (this.wouldHappen(happening)) this.happened = this.inForce = true;
    if (does.some((effect) => ENDED_BY[this.#effect]?.includes(effect) === true)) this.inForce = false;
    if (does.includes('boot')) this.#staged = false;
    if (stages.includes(this.#effect)) this.#staged = true;
  }
}

/** True, false, or not known yet. */
type Truth = boolean | undefined;

function either(a: Truth, b: Truth): Truth {
  return a === true || b === true ? true : a === false && b === false ? false : undefined;
}

function both(a: Truth, b: Truth): Truth {
  return a === false || b === false ? false : a === true && b === true ? true : undefined;
}

/** How one effect on one host stands, as far as it is known what takes place. */
class PartialState {
  happened: Truth = false;
  inForce: Truth = false;
  #staged: Truth = false;
  readonly #effect: EffectName;
  readonly #host: HostName;

  constructor({ effect, host }: HostEffect) {
    this.#effect = effect;
    this.#host = host;
  }

  wouldHappen({ host, does }: Happening): Truth {
    if (host !== this.#host) return false;
    return does.includes(this.#effect) ? true : both(this.#staged, does.includes('boot'));
  }

  take(happening: Happening, here: Truth): void {
    const { host, does, stages } = happening;
    if (host !== this.#host || here === false) return;
    const happens = both(here, this.wouldHappen(happening));
    this.happened = either(this.happened, happens);
    this.inForce = either(this.inForce, happens);
    const absent = here === undefined ? undefined : false;
    if (does.some((effect) => ENDED_BY[this.#effect]?.includes(effect) === true)) this.inForce = both(this.inForce, absent);
    if (does.includes('boot')) this.#staged = both(this.#staged, absent);
    if (stages.includes(this.#effect)) this.#staged = either(this.#staged, here);
  }
}
