import { isGroup } from '../acts.js';
import type { Rule } from '../rule.js';

const DECISIVE = new Set(['upgrade', 'destroy']);

export const irreversibleWithoutHelp: Rule = {
  id: 'irreversible-without-help',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale:
    'From a step that cannot be taken back only the way forward is left, and whoever stands there at night needs to know whom to call.',
  cites: ['capability 99', 'capability 108'],
  *check({ steps, document, runbook }) {
    // Where nobody is named at all, there is nobody to turn to.
    if (Object.keys(runbook.contacts ?? {}).length === 0) return;
    for (const { kind, step } of steps) {
      if (kind !== 'step' || isGroup(step) || step.irreversible === undefined || step.on_failure !== undefined) continue;
      if (![...(step.effects ?? []), ...(step.stages ?? [])].some((effect) => DECISIVE.has(effect))) continue;
      const range = document.positions.key(step, 'irreversible');
      if (range !== undefined)
        yield {
          range,
          message:
            'when this fails there is no way back, and nothing says whom to call; add "on_failure" with "escalate", or with remedies',
        };
    }
  },
};
