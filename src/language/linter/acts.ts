import type { Method, Probe, Step } from '../schema/generated/runbook.js';
import { ACTIONS } from '../schema/steps.js';
import type { ActionName, EffectName } from '../schema/steps.js';

/** The action of a step or a part of one; undefined for a remedy that is only advice. */
export function actionOf(step: object): ActionName | undefined {
  return ACTIONS.find((action) => Object.hasOwn(step, action));
}

/** The ways to do a step: its methods, else the step itself. */
export function waysOf(step: Step): readonly (Step | Method)[] {
  return step.methods === undefined ? [step] : Object.values(step.methods);
}

/** A group of steps or a reused list: it acts only through what is in it. */
export function isGroup(step: Step): boolean {
  return step.steps !== undefined || step.use !== undefined;
}

/** Every way of it is done by a person. */
export function isManual(step: Step): boolean {
  return waysOf(step).every((way) => way.manual !== undefined);
}

/** Every way of it asks and changes nothing. */
export function isProbing(step: Step): boolean {
  return waysOf(step).every((way) => way.check !== undefined || way.wait !== undefined);
}

/** What a step does to its hosts: as declared, and what its action implies. */
export function effectsOf(step: Step): readonly EffectName[] {
  const effects = new Set<EffectName>(step.effects ?? []);
  for (const way of waysOf(step)) {
    if (way.reboot !== undefined) effects.add('stop').add('boot');
    if (way.service?.state === 'stopped' || way.service?.state === 'restarted') effects.add('stop');
    if (way.service?.state === 'started' || way.service?.state === 'restarted') effects.add('start');
  }
  return [...effects];
}

/** Declared effects and those that wait for the next boot. */
export function changes(step: Step): boolean {
  return (step.effects?.length ?? 0) + (step.stages?.length ?? 0) > 0;
}

/** The probes that tell whether a step has succeeded, also those within `all`, `any` and `not`. */
export function probesOf(step: Step): readonly Probe[] {
  const asked = waysOf(step).flatMap((way) => [way.check, way.wait, way.reboot?.back_when]);
  return [...asked, step.verify].flatMap((probe) => (probe === undefined ? [] : partsOf(probe)));
}

function partsOf(probe: Probe): readonly Probe[] {
  const inner = [...(probe.all ?? []), ...(probe.any ?? []), ...(probe.not === undefined ? [] : [probe.not])] as readonly Probe[];
  return [probe, ...inner.flatMap(partsOf)];
}
