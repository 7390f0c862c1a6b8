import type { Step } from '../../schema/generated/runbook.js';
import { isGroup, waysOf } from '../acts.js';
import type { Rule } from '../rule.js';

/** What a second try may make worse. */
const ONCE = new Set(['upgrade', 'destroy']);

export const unsafeRetry: Rule = {
  id: 'unsafe-retry',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale:
    'An installer that failed half way has done half of its work, and a second one on top of it may do more harm than the failure.',
  cites: ['capability 79'],
  *check({ steps, document }) {
    for (const { kind, step } of steps) {
      if (kind !== 'step' || isGroup(step) || step.retry?.times === undefined || step.retry.safe === true) continue;
      if (step.unless !== undefined || !mayHarm(step)) continue;
      const range = document.positions.key(step.retry, 'times');
      if (range !== undefined)
        yield {
          range,
          message:
            'this is done again by itself after it has failed half way; add "unless", which looks whether it is done, or "safe: true" where doing it twice does no harm',
        };
    }
  },
};

function mayHarm(step: Step): boolean {
  return (
    [...(step.effects ?? []), ...(step.stages ?? [])].some((effect) => ONCE.has(effect)) ||
    waysOf(step).some((way) => way.http?.method === 'POST')
  );
}
