import assert from 'node:assert/strict';
import { exitCodeOf } from '../../../src/extension/tasks/exitCode.js';
import { clusterPlan, Story } from '../../webview/support/runs.js';

describe('exit code of a task', () => {
  const closed = (outcome: 'succeeded' | 'failed' | 'stopped' | 'halted'): number =>
    exitCodeOf(new Story(clusterPlan()).tell({ type: 'run_closed', outcome, text: '', next: [] }).state);

  it('tells how the run ended', () => {
    assert.deepEqual([closed('succeeded'), closed('failed'), closed('halted'), closed('stopped')], [0, 1, 3, 4]);
  });

  it('tells that nobody knows how an attempt ended', () => {
    const story = new Story(clusterPlan())
      .begin('stage/test', 'primary')
      .tell({ type: 'attempt_ended', step: 'stage/test', target: 'primary', attempt: 1, outcome: 'unknown', durationMs: 1 })
      .tell({ type: 'run_closed', outcome: 'failed', text: '', next: [] });
    assert.equal(exitCodeOf(story.state), 5);
  });
});
