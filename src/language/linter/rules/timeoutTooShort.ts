import { parseDuration } from '../../model/duration.js';
import { isGroup } from '../acts.js';
import type { Rule } from '../rule.js';

export const timeoutTooShort: Rule = {
  id: 'timeout-too-short',
  scope: 'step',
  family: 'correctness',
  severity: 'warning',
  rationale:
    'A step that may not take as long as it usually takes fails although nothing is wrong, and is broken off in the middle of its work.',
  cites: ['capability 69', 'capability 99'],
  *check({ steps, document }) {
    for (const { step } of steps) {
      const timeout = step.timeout === undefined ? undefined : parseDuration(step.timeout);
      const range = document.positions.value(step, 'timeout');
      if (timeout === undefined || range === undefined || isGroup(step)) continue;
      const [estimate, every] = [step.estimate, step.every].map((text) => (text === undefined ? undefined : parseDuration(text)));
      if (estimate !== undefined && estimate > timeout)
        yield {
          range,
          message: `this usually takes ${step.estimate ?? ''} and is broken off after ${step.timeout ?? ''}; allow more time than the estimate`,
        };
      else if (every !== undefined && every >= timeout)
        yield {
          range,
          message: `this is looked at every ${step.every ?? ''} and is over after ${step.timeout ?? ''}, so that it is asked but once; look more often, or wait longer`,
        };
    }
  },
};
