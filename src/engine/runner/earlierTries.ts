import type { AttemptState } from '../../events/index.js';
import type { PlanStep } from '../../planner/index.js';

/**
 * Boot ids the host had before the tries of a step that did not succeed, oldest first. A remedy or an undo is always done anew, and
 * what once succeeded and is done again is a new matter.
 */
export function bootIdsOfTries(step: PlanStep, attempts: readonly AttemptState[]): readonly string[] {
  if (step.section === 'aside') return [];
  const done = attempts.findLastIndex(({ ended }) => ended?.outcome === 'succeeded');
  return attempts.slice(done + 1).flatMap(({ bootId }) => bootId ?? []);
}
