import type { EffectName } from '../../language/index.js';
import type { HostName, Plan, PlanStep, Target } from '../plan.js';
import { stepsOf } from '../walk.js';
import { isPresent, NEVER, Presences } from './presence.js';
import type { Assignment, Presence } from './presence.js';

/** What one step does to one host. */
export interface Happening {
  readonly host: HostName;
  readonly does: readonly EffectName[];
  /** Takes effect at the next boot of the host. */
  readonly stages: readonly EffectName[];
  readonly presence: Presence;
}

/** A step at those of its targets that are worked on at the same time: none of them has ended when another one begins. */
export interface Moment {
  readonly step: PlanStep;
  readonly happenings: readonly Happening[];
}

/** What took place up to some moment, for people. */
export interface TraceEntry {
  readonly path: string;
  readonly title: string;
  readonly hosts: readonly HostName[];
  readonly effects: readonly EffectName[];
  /** Effects that an earlier step had prepared, and this boot made happen. */
  readonly takesEffect: readonly EffectName[];
  readonly stages: readonly EffectName[];
}

/**
 * Everything in a plan that has an effect, in the order in which it is carried out. A remedy may come before its step, which is tried again
 * behind it. Undos are no part of it: they go back.
 */
export function momentsOf(plan: Plan, presences: Presences = new Presences(plan)): readonly Moment[] {
  return [...stepsOf(plan.steps)].flatMap((step) => [
    ...step.remedies.flatMap((remedy) =>
      [...stepsOf(remedy)].flatMap((inner) => momentsOfStep(inner, (target) => presences.ofRemedy(inner, target, step))),
    ),
    ...momentsOfStep(step, (target) => presences.of(step, target)),
  ]);
}

function momentsOfStep(step: PlanStep, presenceAt: (target: Target) => Presence): readonly Moment[] {
  if (step.effects.length === 0 && step.stages.length === 0) return [];
  const atTargets = step.targets.map((target) => {
    const presence = presenceAt(target);
    return target.about.map((host): Happening => ({ host, does: step.effects, stages: step.stages, presence }));
  });
  const groups = step.parallel === 1 ? atTargets : [atTargets.flat()];
  return groups
    .map((happenings) => ({ step, happenings: happenings.filter(({ presence }) => presence !== NEVER) }))
    .filter(({ happenings }) => happenings.length > 0);
}

/** What had happened before moment `end`, and in it, under some values of what is unknown. */
export function traceUntil(moments: readonly Moment[], end: number, values: Assignment): readonly TraceEntry[] {
  const staged = new Map<HostName, Set<EffectName>>();
  const entries: TraceEntry[] = [];
  for (const { step, happenings } of moments.slice(0, end + 1)) {
    const present = happenings.filter(({ presence }) => isPresent(presence, values));
    if (present.length === 0) continue;
    const takesEffect = new Set<EffectName>();
    for (const { host, does, stages } of present) {
      if (does.includes('boot')) {
        for (const effect of staged.get(host) ?? []) takesEffect.add(effect);
        staged.delete(host);
      }
      for (const effect of stages) staged.set(host, (staged.get(host) ?? new Set()).add(effect));
    }
    entries.push({
      path: step.path,
      title: step.title,
      hosts: present.map(({ host }) => host),
      effects: step.effects,
      takesEffect: [...takesEffect].filter((effect) => !step.effects.includes(effect)),
      stages: step.stages,
    });
  }
  return entries;
}
