import assert from 'node:assert/strict';
import { reduce } from '../../src/events/index.js';
import type { EventBody, RunState } from '../../src/events/index.js';
import { planDigest } from '../../src/planner/index.js';
import type { Plan } from '../../src/planner/index.js';
import { planOf } from '../support/drafting.js';

const OWNER = { pid: 1, bootId: 'b', startTime: '0', host: 'desk.example.com' };

function replayed(plan: Plan, bodies: readonly EventBody[]): RunState {
  const first: EventBody = {
    type: 'run_created',
    run: 'r',
    format: 1,
    engine: 'test',
    base: '/work',
    plan,
    digest: planDigest(plan),
    operator: 'pat',
  };
  const stamped = [first, ...bodies].map((body, index) => ({ ...body, seq: index + 1, at: '2026-01-01T00:00:00Z', mono: index }));
  const state = stamped.reduce<RunState | undefined>(reduce, undefined);
  assert.ok(state);
  return state;
}

describe('reduce', () => {
  it('remembers the boot id a host had when the run began, however often the run is opened again', async () => {
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': 'runbook: v1\nid: sample\ntitle: Sample\nsteps: [ { id: a, run: "true" } ]' },
      inventory: 'inventory: v1\nenvironment: here\nhosts: { app1: { address: app1.example.com } }\nroles: {}\n',
    });
    const state = replayed(plan, [
      { type: 'run_opened', epoch: 1, owner: OWNER, operator: 'pat' },
      { type: 'host_seen', host: 'app1', user: 'ops', bootId: 'before' },
      { type: 'run_opened', epoch: 2, owner: OWNER, operator: 'jo' },
      { type: 'host_seen', host: 'app1', user: 'jo', bootId: 'after' },
    ]);
    assert.deepEqual(state.hosts['app1'], { user: 'jo', bootId: 'before' });
  });
});
