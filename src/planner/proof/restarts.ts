import type { EffectName, Project } from '../../language/index.js';
import type { HostName, Plan, PlanStep } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import { effectsOfNext } from './followUps.js';
import { combinations } from './pairwise.js';
import { isPresent } from './presence.js';
import type { Assignment } from './presence.js';
import { ENDED_BY } from './simulation.js';
import { placeOfRef } from './sourcePlace.js';
import type { Moment } from './trace.js';
import { namesOfHosts } from './words.js';

/** A host that a plan leaves stopped or isolated. */
interface LeftBehind {
  readonly host: HostName;
  readonly effect: EffectName;
  readonly step: PlanStep;
  /** What must be so for it; empty when it always is. */
  readonly when: readonly string[];
}

/** Findings for hosts that are stopped or isolated and not brought back by the end, nor by what comes next. One for each step. */
export function stopsWithoutStart(plan: Plan, project: Project, moments: readonly Moment[]): readonly PlanProblem[] {
  const left = leftBehind(moments);
  if (left.length === 0) return [];
  const next = effectsOfNext(plan, project);
  const byStep = new Map<PlanStep, LeftBehind[]>();
  for (const one of left) {
    const restored = next.some(({ host, effect }) => host === one.host && ENDED_BY[one.effect]?.includes(effect) === true);
    if (!restored) byStep.set(one.step, [...(byStep.get(one.step) ?? []), one]);
  }
  return [...byStep].map(([step, group]) => problemOf(project, step, group));
}

function leftBehind(moments: readonly Moment[]): readonly LeftBehind[] {
  const found: LeftBehind[] = [];
  for (const effect of ['stop', 'isolate'] as const) {
    const hosts = new Set(
      moments.flatMap(({ happenings }) => happenings.filter(({ does }) => does.includes(effect)).map(({ host }) => host)),
    );
    for (const host of hosts) found.push(...leftOf(moments, host, effect));
  }
  return found;
}

function leftOf(moments: readonly Moment[], host: HostName, effect: EffectName): readonly LeftBehind[] {
  const counts = (does: readonly EffectName[]): boolean => does.some((one) => one === effect || one === 'destroy' || ends(effect, one));
  const own = moments.flatMap(({ step, happenings }) =>
    happenings.filter((one) => one.host === host && counts(one.does)).map((happening) => ({ step, happening })),
  );
  const unknowns = [...new Set(own.flatMap(({ happening: { presence } }) => (presence.kind === 'open' ? presence.unknowns : [])))];
  for (const row of combinations(unknowns.map(({ size }) => size))) {
    const values: Assignment = new Map(unknowns.map((unknown, index) => [unknown, row[index] ?? 0]));
    let last: PlanStep | undefined;
    for (const { step, happening } of own) {
      if (!isPresent(happening.presence, values)) continue;
      if (happening.does.includes(effect)) last = step;
      if (happening.does.some((one) => one === 'destroy' || ends(effect, one))) last = undefined;
    }
    if (last !== undefined) return [{ host, effect, step: last, when: [...values].map(([unknown, value]) => unknown.describe(value)) }];
  }
  return [];
}

function ends(effect: EffectName, by: EffectName): boolean {
  return ENDED_BY[effect]?.includes(by) === true;
}

function problemOf(project: Project, step: PlanStep, left: readonly LeftBehind[]): PlanProblem {
  const place = placeOfRef(project, step.at, step.id);
  const effect = left[0]?.effect ?? 'stop';
  const hosts = namesOfHosts(left.map(({ host }) => host));
  const when = left[0]?.when ?? [];
  const back = effect === 'stop' ? 'start or boot' : 'rejoin';
  return {
    file: place.file,
    diagnostic: {
      code: 'stop-without-start',
      severity: 'error',
      range: place.range,
      message:
        `step "${step.path}" does ${effect} on ${hosts}, and no later step, nor what comes next, does ${back}` +
        `${when.length === 0 ? '' : ` where ${when.join(', ')}`}; add the step that brings ${left.length === 1 ? 'it' : 'them'} back, with "effects"`,
    },
  };
}
