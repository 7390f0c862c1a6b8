import { eachStep, sectionsOf } from '../named.js';
import type { Rule } from '../rule.js';
import type { Step } from '../../schema/generated/runbook.js';

export const duplicateStepId: Rule = {
  id: 'duplicate-step-id',
  severity: 'error',
  rationale: 'Results, evidence and the journal are kept by the id of a step: two siblings with one id cannot be told apart.',
  *check({ runbook, document }) {
    const lists: (readonly Step[])[] = sectionsOf(runbook).flatMap((section) => [
      section,
      ...[...eachStep(section)].flatMap((step) => (step.steps === undefined ? [] : [step.steps])),
    ]);
    for (const list of lists) {
      const first = new Map<string, Step>();
      for (const step of list) {
        if (step.id === undefined) continue;
        const earlier = first.get(step.id);
        if (earlier === undefined) {
          first.set(step.id, step);
          continue;
        }
        const [range, other] = [document.positions.value(step, 'id'), document.positions.value(earlier, 'id')];
        if (range === undefined || other === undefined) continue;
        yield {
          range,
          message: `two steps side by side have the id "${step.id}"; give one of them another`,
          related: [{ file: document.file, range: other, message: 'the other one' }],
        };
      }
    }
  },
};
