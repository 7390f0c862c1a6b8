import type { ParsedInventory, Project } from '../../language/index.js';
import { compareEnvironment, compareProjects, compareVariants } from '../../review/index.js';
import type { Difference, PlanComparison } from '../../review/index.js';

/** A runbook at one time, and the environment it is planned for, as far as one was chosen. */
export interface State {
  readonly project: Project;
  readonly inventory: ParsedInventory | undefined;
}

/** What is different between two states of a runbook. */
export interface Comparison {
  readonly difference: Difference;
  /** What it does to plans: those of all variants, and that for the environment. Empty where plans cannot differ. */
  readonly plans: readonly PlanComparison[];
}

/** Compares two states of a runbook; `old` is undefined where there was none yet. */
export function compareStates(old: State | undefined, now: State): Comparison {
  const difference = compareProjects(old?.project, now.project);
  if (old === undefined || difference.changes.every(({ kind }) => kind === 'text-changed')) return { difference, plans: [] };
  const variants = compareVariants(old.project, now.project);
  if (old.inventory === undefined || now.inventory === undefined) return { difference, plans: [variants] };
  const environment = compareEnvironment({ ...old, inventory: old.inventory }, { ...now, inventory: now.inventory });
  return { difference, plans: [variants, environment] };
}
