import type { EffectName, Project } from '../../language/index.js';
import type { HostName, Plan, PlanStep } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import { stepsOf } from '../walk.js';
import { ENDED_BY } from './simulation.js';
import { placeOfRef } from './sourcePlace.js';

const DISRUPTS: readonly EffectName[] = ['stop', 'boot', 'upgrade', 'isolate', 'destroy'];

/** Why a step needs a host that it is not about. */
interface Need {
  readonly host: HostName;
  readonly because: string;
  /** The host is a way or a keeper of secrets: any disruption of it counts, even one that is over. */
  readonly strict: boolean;
}

interface Disruption {
  readonly step: PlanStep;
  readonly effect: EffectName;
  /** Nothing since has brought the host back. */
  inForce: boolean;
}

/**
 * Warns of steps that need a host which a step before has disrupted: the way to their hosts (`jump`), the place they are performed at
 * (`from`), or the keeper of a secret. A place that is up again by then is no trouble; a way or keeper may not come back as it was.
 */
export function lockOutWarnings(plan: Plan, project: Project): readonly PlanProblem[] {
  const disrupted = new Map<HostName, Disruption>();
  const told = new Set<string>();
  const warnings: PlanProblem[] = [];
  for (const step of stepsOf(plan.steps)) {
    for (const need of needsOf(step, plan)) {
      const disruption = disrupted.get(need.host);
      if (disruption === undefined || (!need.strict && !disruption.inForce)) continue;
      const key = `${disruption.step.path} ${need.host} ${need.because}`;
      if (told.has(key)) continue;
      told.add(key);
      warnings.push(warning(project, step, need, disruption));
    }
    for (const host of new Set(step.targets.flatMap(({ about }) => about))) disrupt(disrupted, host, step);
  }
  return warnings;
}

function disrupt(disrupted: Map<HostName, Disruption>, host: HostName, step: PlanStep): void {
  const effect = step.effects.find((one) => DISRUPTS.includes(one));
  const known = disrupted.get(host);
  const ends = (one: EffectName): boolean => step.effects.some((other) => ENDED_BY[one]?.includes(other) === true);
  if (effect === undefined) {
    if (known !== undefined && ends(known.effect)) known.inForce = false;
    return;
  }
  const lasting = step.effects.find((one) => one === 'destroy' || ((one === 'stop' || one === 'isolate') && !ends(one)));
  if (lasting !== undefined) disrupted.set(host, { step, effect: lasting, inForce: true });
  else if (known === undefined) disrupted.set(host, { step, effect, inForce: false });
  else if (ends(known.effect)) known.inForce = false;
}

function needsOf(step: PlanStep, plan: Plan): readonly Need[] {
  const text = JSON.stringify([step.spec, step.answers]);
  const secrets = Object.entries(plan.secrets).flatMap(([name, { keptOn }]): Need[] =>
    keptOn !== undefined && (new RegExp(`secrets\\.${name}\\b`).test(text) || text.includes(`"secret":"${name}"`))
      ? [{ host: keptOn, because: `it gives out the secret "${name}"`, strict: true }]
      : [],
  );
  const ways = step.targets.flatMap(({ at, about }): Need[] => [
    ...jumpsOf(at, plan).map((host) => ({ host, because: `it is the way to ${at}`, strict: true })),
    ...(about.length > 0 && !about.includes(at) ? [{ host: at, because: 'the step is performed there', strict: false }] : []),
  ]);
  return [...secrets, ...ways];
}

function jumpsOf(host: HostName, plan: Plan): readonly HostName[] {
  const jumps: HostName[] = [];
  for (let at = plan.hosts[host]?.jump; at !== undefined && !jumps.includes(at); at = plan.hosts[at]?.jump) jumps.push(at);
  return jumps;
}

function warning(project: Project, step: PlanStep, need: Need, { step: before, effect }: Disruption): PlanProblem {
  const place = placeOfRef(project, step.at, step.id);
  return {
    file: place.file,
    diagnostic: {
      code: 'self-lock-out',
      severity: 'warning',
      range: place.range,
      message:
        `step "${step.path}" needs ${need.host}, because ${need.because}, and step "${before.path}" before it does ${effect} on it; ` +
        `use another way, have it at hand before the run, or move the step`,
      related: [{ ...placeOfRef(project, before.at, before.id), message: `here ${need.host} is disrupted: ${effect}` }],
    },
  };
}
