import assert from 'node:assert/strict';
import { pathNamed } from '../../../src/extension/runs/planPaths.js';
import { clusterPlan } from '../../webview/support/runs.js';

describe('paths of a plan', () => {
  const plan = clusterPlan();

  it('are found whole or by an id that occurs once', () => {
    assert.equal(pathNamed(plan, 'stage/test'), 'stage/test');
    assert.equal(pathNamed(plan, 'test'), 'stage/test');
    assert.equal(pathNamed(plan, 'minions'), 'minions');
    assert.equal(pathNamed(plan, 'upgrade'), undefined);
    assert.equal(pathNamed(plan, 'nothing'), undefined);
  });
});
