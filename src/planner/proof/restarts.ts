import type { EffectName, Project } from '../../language/index.js';
import type { HostName, Plan, PlanStep } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import { effectsOfNext } from './followUps.js';
import type { Inputs } from './followUps.js';
import { truthOf } from './presence.js';
import type { Assignment } from './presence.js';
import { ENDED_BY } from './simulation.js';
import { placeOfRef } from './sourcePlace.js';
import type { Happening, Moment } from './trace.js';
import { valuesWhere } from './valuesWhere.js';
import { namesOfHosts } from './words.js';

/** A host that a plan leaves stopped or isolated. */
interface LeftBehind {
  readonly host: HostName;
  readonly effect: EffectName;
  readonly step: PlanStep;
  /** What must be so for it; empty when it always is. */
  readonly when: readonly string[];
}

interface OwnHappening {
  readonly step: PlanStep;
  readonly happening: Happening;
}

/** Findings for hosts that are stopped or isolated and not brought back by the end, nor by what comes next. One for each step. */
export function stopsWithoutStart(plan: Plan, project: Project, moments: readonly Moment[], inputs: Inputs): readonly PlanProblem[] {
  const left = leftBehind(moments);
  if (left.length === 0) return [];
  const next = effectsOfNext(plan, project, inputs);
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
  const values = valuesWhere(
    (given) => stays(own, effect, given),
    own.map(({ happening }) => happening.presence),
  );
  if (values === undefined) return [];
  const brought = own.findLastIndex(({ happening }) => happening.does.includes(effect) && truthOf(happening.presence, values) === true);
  const step = own[brought]?.step;
  return step === undefined ? [] : [{ host, effect, step, when: [...values].map(([unknown, value]) => unknown.describe(value)) }];
}

/** Whether a host is left as an effect has made it, as far as the values that are given tell. */
function stays(own: readonly OwnHappening[], effect: EffectName, values: Assignment): boolean | undefined {
  let truth: boolean | undefined = false;
  for (const { happening } of own) {
    const here = truthOf(happening.presence, values);
    if (here === false) continue;
    const after = happening.does.some((one) => one === 'destroy' || ends(effect, one)) ? false : true;
    truth = here === true || truth === after ? after : undefined;
  }
  return truth;
}

function ends(effect: EffectName, by: EffectName): boolean {
  return ENDED_BY[effect]?.includes(by) === true;
}

function problemOf(project: Project, step: PlanStep, left: readonly LeftBehind[]): PlanProblem {
  const place = placeOfRef(project, step.at, step.id);
  const effect = left[0]?.effect ?? 'stop';
  const hosts = namesOfHosts(left.map(({ host }) => host));
  const when = left[0]?.when ?? [];
  const [stopped, back] = effect === 'stop' ? ['stops', 'starts or boots'] : ['isolates', 'rejoins'];
  const them = left.length === 1 ? 'it' : 'them';
  return {
    file: place.file,
    diagnostic: {
      code: 'stop-without-start',
      severity: 'error',
      range: place.range,
      message:
        `"${step.path}" ${stopped} ${hosts}, and nothing afterwards ${back} ${them}` +
        `${when.length === 0 ? '' : ` where ${when.join(', ')}`}; add the step that brings ${them} back, with "effects"`,
    },
  };
}
