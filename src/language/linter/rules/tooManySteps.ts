import { keyRange } from '../keyRange.js';
import { stepCount, MOST_STEPS } from '../stepCount.js';
import type { Rule } from '../rule.js';

export const tooManySteps: Rule = {
  id: 'too-many-steps',
  family: 'clarity',
  severity: 'error',
  rationale: 'Procedures that use one another several times each double up; nobody can read such a plan, and no machine can finish it.',
  cites: ['capability 9', 'threat T21'],
  options: [
    {
      name: 'steps',
      description: 'Most steps of a runbook with everything it uses, each counted as often as it is used.',
      default: MOST_STEPS,
      minimum: 10,
      maximum: MOST_STEPS,
    },
  ],
  *check(context) {
    const { runbook, document } = context;
    const most = Math.min(context.option(this, 'steps'), MOST_STEPS);
    let sum = 0;
    for (const step of [...(runbook.prerequisites ?? []), ...runbook.steps, ...(runbook.finally ?? [])]) {
      sum += stepCount([step], context);
      if (sum <= most) continue;
      const range = document.positions.value(step, 'use') ?? keyRange(document, step, 'steps', 'title', 'id');
      const message = `with this the runbook comes to more than ${String(most)} steps, counting everything that is used as often as it is used; use less, or make it several runbooks`;
      if (range !== undefined) yield { range, message };
      return;
    }
  },
};
