import type { EffectName } from '../../language/index.js';
import type { HostName, PlanStep } from '../plan.js';
import type { MissingEffect } from './orders.js';
import { isPresent } from './presence.js';
import type { Assignment } from './presence.js';
import { ENDED_BY } from './simulation.js';
import type { Moment } from './trace.js';

interface Broken {
  readonly step: PlanStep;
  readonly effect: EffectName;
  readonly hosts: readonly HostName[];
  readonly missing: readonly MissingEffect[];
  /** Those before the step. */
  readonly moments: readonly Moment[];
  readonly values: Assignment;
}

/** How an order is broken: what leads to the early effect, and what should have come first. */
export function traceInWords(broken: Broken): string {
  return `${early(broken)} comes before ${broken.missing.map((one) => late(one, broken)).join(' and ')}`;
}

/** Hosts that are named one by one. */
const MOST_NAMED = 6;

/** Hosts in brackets, the first of them when there are many; nothing for none. */
export function ofHosts(hosts: readonly HostName[]): string {
  return hosts.length === 0 ? '' : ` (${namesOfHosts(hosts)})`;
}

/** Hosts by name, the first of them when there are many. */
export function namesOfHosts(hosts: readonly HostName[]): string {
  if (hosts.length <= MOST_NAMED) return hosts.join(', ');
  const named = hosts.slice(0, MOST_NAMED - 1);
  return `${named.join(', ')} and ${String(hosts.length - named.length)} more`;
}

/** What begins too early, with what had prepared it. */
function early({ step, effect, hosts, moments, values }: Broken): string {
  const where = ofHosts(hosts);
  const here = `"${step.title}"${where}`;
  const prepared = [...moments]
    .reverse()
    .find(({ happenings }) =>
      happenings.some((one) => hosts.includes(one.host) && one.stages.includes(effect) && isPresent(one.presence, values)),
    );
  if (prepared === undefined || !step.effects.includes('boot')) return `${here} → ${effect}${where}`;
  return `"${prepared.step.title}"${where} stages ${effect} → ${here} → boots → staged ${effect} takes effect${where}`;
}

function late({ effect, hosts, undone, later }: MissingEffect, { moments, values }: Broken): string {
  const what = `${effect}${ofHosts(hosts)}`;
  if (undone) {
    const ending = [...moments]
      .reverse()
      .find(({ happenings }) =>
        happenings.some(
          (one) =>
            hosts.includes(one.host) &&
            isPresent(one.presence, values) &&
            one.does.some((does) => ENDED_BY[effect]?.includes(does) === true),
        ),
      );
    return `${what} is in force again, which ${ending === undefined ? 'a later step' : `"${ending.step.title}"`} has ended`;
  }
  return later === undefined ? `${what}, which never happens` : `${what}, which only "${later}" does`;
}
