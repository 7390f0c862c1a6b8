import assert from 'node:assert/strict';
import { bootIdsOfTries } from '../../../src/engine/runner/earlierTries.js';
import type { AttemptState, Outcome } from '../../../src/events/index.js';
import type { PlanStep } from '../../../src/planner/index.js';

const attempt = (bootId: string | undefined, outcome: Outcome): AttemptState => ({
  number: 1,
  id: 'a',
  atHost: 'one',
  startedAt: '',
  ...(bootId === undefined ? {} : { bootId }),
  ended: { at: '', outcome, durationMs: 1 },
});
const step = (section: PlanStep['section']): PlanStep => ({ section }) as PlanStep;

describe('boot ids of earlier tries', () => {
  it('are those of the tries that did not succeed, since one did', () => {
    const tries = [
      attempt('first', 'failed'),
      attempt('second', 'succeeded'),
      attempt('third', 'failed'),
      attempt(undefined, 'failed'),
      attempt('fourth', 'unknown'),
    ];
    assert.deepEqual(bootIdsOfTries(step('steps'), tries), ['third', 'fourth']);
  });

  it('are none for a remedy, which is always done anew', () => {
    assert.deepEqual(bootIdsOfTries(step('aside'), [attempt('first', 'failed')]), []);
  });
});
