import { effectsOf, isGroup } from '../acts.js';
import { flowOf } from '../flow.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

export const changeInPrerequisites: Rule = {
  id: 'change-in-prerequisites',
  family: 'order',
  severity: 'warning',
  rationale:
    'Prerequisites are met days before the window and may be met again: whoever does them does not expect that anything is stopped or changed.',
  cites: ['capability 12', 'capability 39'],
  *check(context) {
    const { document } = context;
    for (const { step, section, document: within } of flowOf(context)) {
      if (section !== 'prerequisites' || within !== document || isGroup(step)) continue;
      const [effect] = [...effectsOf(step), ...(step.stages ?? [])].filter((name) => name !== 'backup');
      const range = effect === undefined ? undefined : keyRange(document, step, 'effects', 'stages', 'reboot', 'service', 'methods');
      if (effect !== undefined && range !== undefined)
        yield { range, message: `"${effect}" stands among the prerequisites, which change nothing; move this to "steps"` };
    }
  },
};
