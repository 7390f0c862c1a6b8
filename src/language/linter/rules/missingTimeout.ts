import type { Step } from '../../schema/generated/runbook.js';
import { changes, isGroup, waysOf } from '../acts.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

export const missingTimeout: Rule = {
  id: 'missing-timeout',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale: 'A step without a limit hangs until somebody looks, and the window is over by then.',
  cites: ['capability 67', 'capability 99'],
  *check({ steps, document }) {
    for (const { kind, step } of steps) {
      if (kind !== 'step' || isGroup(step) || step.timeout !== undefined) continue;
      const key = unlimited(step);
      const range = key === undefined ? undefined : keyRange(document, step, key);
      if (key !== undefined && range !== undefined)
        yield { range, message: `"${key}" has no limit here; say with "timeout" how long it may take` };
    }
  },
};

/** What in a step could go on for ever: the key that says so. People are waited for as long as they need. */
function unlimited(step: Step): string | undefined {
  const open = waysOf(step).filter((way) => way.timeout === undefined);
  if (open.length === 0) return undefined;
  const act = (['wait', 'reboot', 'service', 'upload', 'download'] as const).find((key) => open.some((way) => way[key] !== undefined));
  if (act !== undefined) return step.methods === undefined ? act : 'methods';
  if (step.verify !== undefined) return 'verify';
  if (!changes(step) || open.every((way) => way.manual !== undefined || way.check !== undefined)) return undefined;
  return step.effects === undefined ? 'stages' : 'effects';
}
