import { keyRange } from '../keyRange.js';
import { stepCount, MOST_STEPS } from '../stepCount.js';
import type { Rule } from '../rule.js';

export const tooManySteps: Rule = {
  id: 'too-many-steps',
  severity: 'error',
  rationale: 'Procedures that use one another several times each double up; nobody can read such a plan, and no machine can finish it.',
  *check(context) {
    const { runbook, document } = context;
    let sum = 0;
    for (const step of [...(runbook.prerequisites ?? []), ...runbook.steps, ...(runbook.finally ?? [])]) {
      sum += stepCount([step], context);
      if (sum <= MOST_STEPS) continue;
      const range = document.positions.value(step, 'use') ?? keyRange(document, step, 'steps', 'title', 'id');
      const message = `with this the runbook comes to more than ${String(MOST_STEPS)} steps, counting everything that is used as often as it is used; use less, or make it several runbooks`;
      if (range !== undefined) yield { range, message };
      return;
    }
  },
};
