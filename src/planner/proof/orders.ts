import type { EffectName } from '../../language/index.js';
import type { HostName, OrderedEffect, Plan, PlanOrder, PlanStep, SourceRef, UseStep } from '../plan.js';
import type { Assignment } from './presence.js';
import { searchBreaches } from './search.js';
import { brokenMoments, happeningsByHost, momentsOfPair, nextMomentOf } from './simulation.js';
import type { Pair, PairMoment } from './simulation.js';
import { momentsOf, traceUntil } from './trace.js';
import type { Moment, TraceEntry } from './trace.js';
import { traceInWords } from './words.js';
import { TOLD, Work } from './work.js';

/** An effect that was to come first, on hosts where it had not happened, or was undone again. */
export interface MissingEffect {
  readonly effect: EffectName;
  readonly hosts: readonly HostName[];
  /** It had happened, but something took it back on the very host that it matters for. */
  readonly undone: boolean;
  /** The step that does it later, if there is one. */
  readonly later?: string;
}

/** An order that a plan breaks. */
export interface OrderViolation {
  readonly order: PlanOrder;
  /** The step that begins too early. */
  readonly step: { readonly path: string; readonly title: string; readonly at: SourceRef; readonly reachedBy: readonly UseStep[] };
  /** What it does too early, and on which hosts. */
  readonly effect: EffectName;
  readonly hosts: readonly HostName[];
  readonly missing: readonly MissingEffect[];
  /** What has an effect up to there. */
  readonly trace: readonly TraceEntry[];
  /** What must be so for it to happen; empty when it always does. */
  readonly when: readonly string[];
  /** The trace in words: `reboot (primary) → boots → … comes before upgrade (minion_1)`. */
  readonly text: string;
}

/** What was proven about one order. */
export interface ProvenOrder {
  readonly order: PlanOrder;
  /** `empty`: nothing in the plan does what must wait. `unproven`: nothing was found, but not everything could be tried. */
  readonly verdict: 'proven' | 'broken' | 'empty' | 'unproven';
  /** Combinations of open conditions that were tried. */
  readonly combinations: number;
  /** There were too many to try all: only each pair of open conditions was tried in every way. */
  readonly pairwise: boolean;
  /** It took too long: not even that was done to the end. */
  readonly unfinished?: true;
}

/** The outcome for all orders of a plan. */
export interface OrderProof {
  readonly orders: readonly ProvenOrder[];
  readonly violations: readonly OrderViolation[];
  readonly pairwise: boolean;
}

/**
 * Proves the orders of a plan: `first` has happened, its step ended, on all hosts of its role before a step with `then` begins on any; on
 * that host itself it is still in force. What is not known while planning is tried both ways.
 */
export function proveOrders(
  plan: Plan,
  moments: readonly Moment[] = plan.orders.length === 0 ? [] : momentsOf(plan),
  work: Work = new Work(),
): OrderProof {
  const byHost = happeningsByHost(moments);
  const ofHosts = new Map<string, readonly PairMoment[]>();
  const momentsFor = (pair: Pair): readonly PairMoment[] => {
    const key = JSON.stringify([pair.first.host, pair.then.host]);
    const known = ofHosts.get(key) ?? momentsOfPair(byHost, pair);
    ofHosts.set(key, known);
    return known;
  };
  const found = plan.orders.map((order) => proveOrder(order, moments, momentsFor, work));
  return {
    orders: found.map(({ proven }) => proven),
    violations: found.flatMap(({ violations }) => violations),
    pairwise: found.some(({ proven }) => proven.pairwise),
  };
}

interface Breach {
  readonly moment: number;
  readonly pair: Pair;
  /** The moments of its hosts. */
  readonly own: readonly PairMoment[];
  readonly undone: boolean;
  readonly values: Assignment;
}

function proveOrder(
  order: PlanOrder,
  moments: readonly Moment[],
  momentsFor: (pair: Pair) => readonly PairMoment[],
  work: Work,
): { proven: ProvenOrder; violations: readonly OrderViolation[] } {
  if (work.isDone) return { proven: { order, verdict: 'unproven', combinations: 0, pairwise: true, unfinished: true }, violations: [] };
  const breaches: Breach[] = [];
  let tried = 0;
  let pairwise = false;
  for (const pair of pairsOf(order)) {
    const own = momentsFor(pair);
    const searched = searchBreaches(own, pair, work);
    tried += searched.combinations;
    if (searched.pairwise) pairwise = true;
    breaches.push(...searched.breaches.map((breach) => ({ ...breach, pair, own })));
  }
  const happens = order.then.some(({ effect, hosts }) => hosts.some((host) => moments.some((moment) => touches(moment, host, effect))));
  const verdict = breaches.length > 0 ? 'broken' : !happens ? 'empty' : pairwise ? 'unproven' : 'proven';
  const violations = violationsOf(order, breaches, moments, work);
  return {
    proven: { order, verdict, combinations: tried, pairwise, ...(pairwise && work.isDone ? { unfinished: true } : {}) },
    violations,
  };
}

function pairsOf(order: PlanOrder): readonly Pair[] {
  const each = (side: readonly OrderedEffect[]): readonly { effect: EffectName; host: HostName }[] =>
    side.flatMap(({ effect, hosts }) => hosts.map((host) => ({ effect, host })));
  return each(order.then).flatMap((then) =>
    each(order.first)
      .filter((first) => (order.per === 'all' || first.host === then.host) && !(first.host === then.host && first.effect === then.effect))
      .map((first) => ({ first, then })),
  );
}

function touches({ happenings }: Moment, host: HostName, effect: EffectName): boolean {
  return happenings.some((one) => one.host === host && (one.does.includes(effect) || one.stages.includes(effect)));
}

/** One violation for each step that begins too early, whatever the number of hosts. */
function violationsOf(order: PlanOrder, breaches: readonly Breach[], moments: readonly Moment[], work: Work): readonly OrderViolation[] {
  const byStep = new Map<string, Breach[]>();
  for (const breach of [...breaches].sort((a, b) => a.moment - b.moment)) {
    const step = moments[breach.moment]?.step;
    const key = `${step?.path ?? ''} ${breach.pair.then.effect}`;
    const known = byStep.get(key);
    if (known === undefined) byStep.set(key, [breach]);
    else known.push(breach);
  }
  return [...byStep.values()].flatMap((group): readonly OrderViolation[] => {
    const [sample] = group;
    const step = sample === undefined ? undefined : moments[sample.moment]?.step;
    if (sample === undefined || step === undefined) return [];
    const effect = sample.pair.then.effect;
    const hosts = [...new Set(group.map(({ pair }) => pair.then.host))];
    const missing = missingOf(group, moments);
    const trace = traceUntil(moments, sample.moment, sample.values);
    const { path, title, at, reachedBy } = step;
    const when = whenOf(sample, work);
    work.spend(moments.length + TOLD);
    const text = traceInWords({ step, effect, hosts, missing, moments: moments.slice(0, sample.moment), values: sample.values });
    return [{ order, step: { path, title, at, reachedBy }, effect, hosts, missing, trace, when, text }];
  });
}

function missingOf(group: readonly Breach[], moments: readonly Moment[]): readonly MissingEffect[] {
  const made = new Map<string, { effect: EffectName; hosts: Set<HostName>; undone: boolean; later: PlanStep | undefined }>();
  for (const { pair, undone, moment } of group) {
    const { effect, host } = pair.first;
    const key = `${effect} ${String(undone)}`;
    const known = made.get(key);
    if (known === undefined)
      made.set(key, { effect, hosts: new Set([host]), undone, later: nextMomentOf(moments, pair.first, moment)?.step });
    else known.hosts.add(host);
  }
  return [...made.values()].map(({ later, hosts, ...rest }) => ({
    ...rest,
    hosts: [...hosts],
    ...(later === undefined ? {} : { later: later.path }),
  }));
}

/** Of the values under which it breaks, those without which it would not, as far as one at a time and the work that is left tell. */
function whenOf({ values, pair, own, moment }: Breach, work: Work): readonly string[] {
  const upTo = own.filter((one) => one.moment <= moment);
  return [...values].flatMap(([unknown, value]) => {
    for (let other = 0; other < unknown.size; other++) {
      if (other === value || !work.spend(upTo.length)) continue;
      const changed = new Map(values).set(unknown, other);
      const still = brokenMoments(upTo, pair, changed).some((broken) => broken.moment === moment);
      if (!still) return [unknown.describe(value)];
    }
    return [];
  });
}
