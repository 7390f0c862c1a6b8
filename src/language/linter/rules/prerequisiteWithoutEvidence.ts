import { isGroup, isManual, waysOf } from '../acts.js';
import { flowOf } from '../flow.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

export const prerequisiteWithoutEvidence: Rule = {
  id: 'prerequisite-without-evidence',
  family: 'safety',
  severity: 'warning',
  rationale: 'A prerequisite that is met by going on to the next one is met by everybody who is in a hurry.',
  cites: ['capability 42', 'capability 62'],
  *check(context) {
    const { document } = context;
    for (const { step, section, document: within } of flowOf(context)) {
      if (section !== 'prerequisites' || within !== document || isGroup(step) || !isManual(step) || step.verify !== undefined) continue;
      if (waysOf(step).some((way) => (way.evidence ?? []).length > 0 || way.approver !== undefined)) continue;
      const range = keyRange(document, step, 'manual', 'methods');
      if (range !== undefined)
        yield { range, message: 'nobody vouches for this; add "evidence" with a sentence to confirm, or "verify" with a probe' };
    }
  },
};
