import type { UseReference } from '../model/useReference.js';
import type { Runbook, Step } from '../schema/generated/runbook.js';

/** The steps of every section, procedures last. */
export function sectionsOf(runbook: Runbook): readonly (readonly Step[])[] {
  return [runbook.prerequisites ?? [], runbook.steps, runbook.finally ?? [], ...Object.values(runbook.procedures ?? {})];
}

/** Every step of a list, groups before what is in them. */
export function* eachStep(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    yield* eachStep(step.steps ?? []);
  }
}

/** What `#id` names: a procedure, else the step with this id. Undefined when there is neither. */
export function findNamed(runbook: Runbook, id: string): readonly Step[] | undefined {
  if (runbook.procedures !== undefined && Object.hasOwn(runbook.procedures, id)) return runbook.procedures[id];
  for (const section of sectionsOf(runbook)) {
    for (const step of eachStep(section)) if (step.id === id) return [step];
  }
  return undefined;
}

/** The steps that the part after `#` of a use stands for; undefined when it names nothing. */
export function findUsed(runbook: Runbook, reference: Pick<UseReference, 'id' | 'to'>): readonly Step[] | undefined {
  if (reference.id === undefined) return undefined;
  return reference.to === undefined ? findNamed(runbook, reference.id) : findRange(runbook, reference.id, reference.to);
}

/** From one step to a later one of the same list, both included. */
function findRange(runbook: Runbook, from: string, to: string): readonly Step[] | undefined {
  for (const list of listsOf(runbook)) {
    const start = list.findIndex((step) => step.id === from);
    const end = list.findIndex((step) => step.id === to);
    if (start >= 0 && end >= start) return list.slice(start, end + 1);
  }
  return undefined;
}

/** Every list of steps: sections, procedures and groups. */
export function* listsOf(runbook: Runbook): Generator<readonly Step[]> {
  for (const section of sectionsOf(runbook)) {
    yield section;
    for (const step of eachStep(section)) if (step.steps !== undefined) yield step.steps;
  }
}

/** Everything `#id` may name. */
export function namesToUse(runbook: Runbook): readonly string[] {
  return [...Object.keys(runbook.procedures ?? {}), ...stepIds(runbook)];
}

/** Ids of all steps, each once. */
export function stepIds(runbook: Runbook): readonly string[] {
  return [...new Set(sectionsOf(runbook).flatMap((section) => [...eachStep(section)].flatMap((step) => step.id ?? [])))];
}
