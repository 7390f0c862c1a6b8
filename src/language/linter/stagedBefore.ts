import type { Step } from '../schema/generated/runbook.js';
import { effectsOf } from './acts.js';
import { flowOf, mayShareHosts } from './flow.js';
import type { LintContext } from './rule.js';

/** Steps whose boot makes happen what an earlier step has staged on the same hosts: they do more than to bring back what was stopped. */
export function bootsIntoStaged(context: LintContext): ReadonlySet<Step> {
  const found = new Set<Step>();
  const staged: (readonly string[])[] = [];
  for (const { step, roles } of flowOf(context)) {
    if (effectsOf(step).includes('boot') && staged.some((others) => mayShareHosts(context.runbook, roles, others))) found.add(step);
    if (step.stages !== undefined) staged.push(roles);
  }
  return found;
}
