import type { EffectName, Project } from '../../language/index.js';
import type { HostName, Plan, PlanStep, Target } from '../plan.js';
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
  /** Who needs it, in words. */
  readonly who: string;
}

interface Disruption {
  readonly step: PlanStep;
  readonly effect: EffectName;
  /** Nothing since has brought the host back. */
  inForce: boolean;
}

/**
 * Warns of steps that need a host which a step before, or the same step at another host, has disrupted: the way to their hosts (`jump`), the
 * place they are performed at (`from`), or the keeper of a secret. A place that is up again by then is no trouble; a way or keeper may not
 * come back as it was. What a step needs is also what its undo, its remedies and the facts of its conditions do.
 */
export function lockOutWarnings(plan: Plan, project: Project): readonly PlanProblem[] {
  const disrupted = new Map<HostName, Disruption>();
  const told = new Set<string>();
  const warnings: PlanProblem[] = [];
  const tell = (step: PlanStep, needs: readonly Need[]): void => {
    for (const need of needs) {
      const disruption = disrupted.get(need.host);
      if (disruption === undefined || (!need.strict && !disruption.inForce)) continue;
      const key = `${disruption.step.path} ${need.host} ${need.because}`;
      if (told.has(key)) continue;
      told.add(key);
      warnings.push(warning(project, step, need, disruption));
    }
  };
  const invariants = invariantNeeds(plan);
  for (const step of stepsOf(plan.steps)) {
    tell(step, [...(invariants.before.get(step.path) ?? []), ...secretNeeds(step, plan)]);
    for (const { about, needs } of targetsOf(step, plan)) {
      tell(step, needs);
      for (const host of about) disrupt(disrupted, host, step);
      // Hosts that are worked on at the same time: while one goes down, another is still on its way.
      if (step.parallel !== 1) tell(step, waysOf(step, plan, about));
    }
    tell(step, invariants.after.get(step.path) ?? []);
  }
  return warnings;
}

/** What a step needs at each of its targets, one after the other. */
function targetsOf(step: PlanStep, plan: Plan): readonly { readonly about: readonly HostName[]; readonly needs: readonly Need[] }[] {
  const others = [...asidesOf(step), ...Object.values(step.methods)];
  return step.targets.map((target) => {
    const same = others.flatMap((other) => other.targets.filter(({ key }) => key === target.key));
    return { about: target.about, needs: [target, ...same].flatMap((one) => needsOf(step, one, plan)) };
  });
}

/** The needs of the targets that are worked on together with some hosts. */
function waysOf(step: PlanStep, plan: Plan, but: readonly HostName[]): readonly Need[] {
  return step.targets.filter(({ about }) => !about.some((host) => but.includes(host))).flatMap((target) => needsOf(step, target, plan));
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

function needsOf(step: PlanStep, { at, about }: Target, plan: Plan): readonly Need[] {
  const who = `step "${step.path}"`;
  return [
    ...jumpsOf(at, plan).map((host) => ({ host, because: `it is the way to ${at}`, strict: true, who })),
    ...(about.length > 0 && !about.includes(at) ? [{ host: at, because: 'the step is performed there', strict: false, who }] : []),
  ];
}

/** The keepers of the secrets that a step needs in some way. */
function secretNeeds(step: PlanStep, plan: Plan): readonly Need[] {
  const parts = [step, ...asidesOf(step), ...Object.values(step.methods)];
  const texts = parts.flatMap(({ spec, answers, conditions }): readonly unknown[] => [spec, answers, conditions]);
  const named = JSON.stringify(texts);
  const facts = Object.entries(plan.scopes[step.scope]?.facts ?? {}).filter(([name]) => new RegExp(`\\.${name}\\b`).test(named));
  return keepersOf([...texts, ...facts.map(([, { read }]) => read)], plan, `step "${step.path}"`);
}

function asidesOf(step: PlanStep): readonly PlanStep[] {
  return [...stepsOf(step.undo), ...step.remedies.flatMap((remedy) => [...stepsOf(remedy)])];
}

/** What invariants need, by the step before or after which they are asked. */
function invariantNeeds(plan: Plan): Readonly<Record<'before' | 'after', ReadonlyMap<string, readonly Need[]>>> {
  const paths = [...stepsOf(plan.steps)].map(({ path }) => path);
  const needs = { before: new Map<string, Need[]>(), after: new Map<string, Need[]>() };
  for (const { title, holds, at } of plan.invariants) {
    const keepers = keepersOf(holds, plan, `the invariant "${title}"`);
    for (const moment of at) {
      const [when, node = ''] = moment === 'start' ? ['before'] : moment === 'end' ? ['after'] : moment.split(/:(.*)/s);
      const within = paths.filter((path) => node === '' || path === node || path.startsWith(`${node}/`) || path.startsWith(`${node}@`));
      const path = when === 'before' ? within[0] : within.at(-1);
      const known = needs[when === 'before' ? 'before' : 'after'];
      if (path !== undefined) known.set(path, [...(known.get(path) ?? []), ...keepers]);
    }
  }
  return needs;
}

function keepersOf(part: unknown, plan: Plan, who: string): readonly Need[] {
  return Object.entries(plan.secrets).flatMap(([name, { keptOn }]): Need[] =>
    keptOn !== undefined && namesSecret(part, name, '')
      ? [{ host: keptOn, because: `it gives out the secret "${name}"`, strict: true, who }]
      : [],
  );
}

/** In an expression, or by itself: as the password of `become`, or the secret whose working is proven. */
function namesSecret(part: unknown, name: string, key: string): boolean {
  if (typeof part === 'string') {
    if ((key === 'secret' || key === 'password') && part === name) return true;
    return new RegExp(`\\bsecrets\\s*(?:\\.\\s*${name}\\b|\\[\\s*["']${name}["'])`).test(part);
  }
  return typeof part === 'object' && part !== null && Object.entries(part).some(([inner, member]) => namesSecret(member, name, inner));
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
        `${need.who} needs ${need.host}, because ${need.because}, and ${before === step ? 'the same step' : `step "${before.path}" before it`} does ${effect} on it; ` +
        `use another way, have it at hand before the run, or move the step`,
      related: [{ ...placeOfRef(project, before.at, before.id), message: `here ${need.host} is disrupted: ${effect}` }],
    },
  };
}
