import assert from 'node:assert/strict';
import { asLeft } from '../../src/protocol/index.js';
import * as gates from '../webview/support/gates.js';
import { clusterPlan, Story } from '../webview/support/runs.js';

describe('a run that nobody carries out any more', () => {
  it('leaves open how what was under way ended, asks nothing, and has not begun what a person was asked to do', () => {
    const story = new Story(clusterPlan())
      .done('prepare/backup', 'primary')
      .begin('stage/test', 'primary')
      .begin('stage/notes', 'primary')
      .ask(gates.manual);
    const left = asLeft(story.state);
    assert.equal(left.steps['prepare/backup']?.['primary']?.status, 'succeeded');
    assert.equal(left.steps['stage/test']?.['primary']?.status, 'unknown');
    assert.equal(left.steps['stage/notes']?.['primary']?.status, 'pending');
    assert.deepEqual(left.gates, []);
  });

  it('is what it is where it is over', () => {
    const story = new Story(clusterPlan()).begin('stage/test', 'primary');
    const { state } = story.tell({ type: 'run_closed', outcome: 'stopped', text: 'Enough.', next: [] });
    assert.equal(asLeft(state), state);
  });
});
