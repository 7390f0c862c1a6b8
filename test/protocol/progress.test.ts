import assert from 'node:assert/strict';
import { progressOf, standingOf, standingOfNode, stepAt, titlesOf } from '../../src/protocol/index.js';
import { clusterPlan, group, plan, step, Story } from '../webview/support/runs.js';

const made = plan([
  group('a', 'First', [
    step('a/one', 'One', ['primary', 'secondary'], { estimateMs: 60_000, parallel: 1 }),
    step('a/two', 'Two', ['primary']),
  ]),
  step('b', 'Second', [], { estimateMs: 120_000, undo: [step('b/undo/0', 'Take it back', [], { section: 'aside' })] }),
]);

describe('progress of a run', () => {
  it('counts a step when all its targets are done', () => {
    const story = new Story(made).done('a/one', 'primary');
    assert.deepEqual([progressOf(story.state).done, progressOf(story.state).total], [0, 3]);
    story.done('a/one', 'secondary');
    assert.equal(progressOf(story.state).done, 1);
  });

  it('counts a skipped step as done, and undoings not at all', () => {
    const story = new Story(made).tell({ type: 'skipped', step: 'b', target: '-', reason: 'operator', text: 'not needed' });
    assert.deepEqual([progressOf(story.state).done, progressOf(story.state).total], [1, 3]);
  });

  it('adds up what is still to come, batch by batch', () => {
    const story = new Story(made);
    assert.equal(progressOf(story.state).remainingMs, 240_000);
    assert.equal(progressOf(story.done('a/one', 'primary').state).remainingMs, 180_000);
    assert.equal(progressOf(story.done('a/one', 'secondary').done('b', '-').state).remainingMs, undefined);
  });

  it('names the steps under way, and those with a question', () => {
    const story = new Story(made).begin('a/one', 'primary');
    assert.deepEqual(
      progressOf(story.state).current.map(({ path }) => path),
      ['a/one'],
    );
    story.fail('b', '-').ask({ id: 'g', kind: 'unknown', step: 'b', target: '-', attempt: 1, text: '?' });
    assert.deepEqual(
      progressOf(story.state).current.map(({ path }) => path),
      ['a/one', 'b'],
    );
  });

  it('counts only what a run was started for', () => {
    const { state } = new Story(made);
    assert.equal(progressOf({ ...state, only: 'a' }).total, 2);
    assert.equal(progressOf({ ...state, from: 'a/two' }).total, 2);
    assert.equal(progressOf({ ...new Story(clusterPlan()).state, only: 'minions' }).total, 4);
  });
});

describe('standing', () => {
  it('puts trouble first', () => {
    assert.equal(standingOf(['succeeded', 'running', 'failed']), 'failed');
    assert.equal(standingOf(['succeeded', 'waiting', 'running']), 'waiting');
    assert.equal(standingOf(['succeeded', 'pending']), 'partly');
    assert.equal(standingOf(['succeeded', 'skipped']), 'succeeded');
    assert.equal(standingOf(['skipped']), 'skipped');
    assert.equal(standingOf([]), 'pending');
  });

  it('looks at one host alone', () => {
    const { state } = new Story(made).done('a/one', 'primary').fail('a/one', 'secondary');
    const [first] = made.steps;
    assert.ok(first);
    assert.deepEqual(standingOfNode(state, first, 'secondary'), { standing: 'failed', done: 0, total: 1 });
    assert.deepEqual(standingOfNode(state, first, 'primary'), { standing: 'partly', done: 1, total: 2 });
  });
});

describe('steps of a plan', () => {
  const { state } = new Story(made);
  it('are found by path, undoings too', () => {
    assert.equal(stepAt(state, 'b/undo/0')?.title, 'Take it back');
    assert.equal(stepAt(state, 'c'), undefined);
  });
  it('are named with their phases', () => {
    assert.deepEqual(titlesOf(state, 'a/two'), ['First', 'Two']);
    assert.deepEqual(titlesOf(state, 'b/undo/0'), ['Take it back']);
  });
});
