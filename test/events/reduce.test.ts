import assert from 'node:assert/strict';
import { Fold, reduce } from '../../src/events/index.js';
import type { EventBody, RunEvent, RunState } from '../../src/events/index.js';
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

describe('Fold', () => {
  const PLACE = { target: 'app1' };

  /** A run of two steps on one host, with a gate, a second try and a step that is left out. */
  async function events(): Promise<readonly RunEvent[]> {
    const plan = await planOf({
      runbooks: {
        'a.runbook.yaml':
          'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1 } }\nsteps:\n  - { id: a, on: app, run: "true" }\n  - { id: b, on: app, run: "true" }',
      },
      inventory: 'inventory: v1\nenvironment: here\nhosts: { app1: { address: app1.example.com } }\nroles: { app: [app1] }\n',
    });
    const failed = { reason: 'exit_code', message: 'ended with 1' } as const;
    const gate = { id: 'g1', kind: 'failure', failure: failed, remedies: [], undo: [], excludable: false, step: 'a', ...PLACE } as const;
    const bodies: readonly EventBody[] = [
      { type: 'run_created', run: 'r', format: 1, engine: 'test', base: '/work', plan, digest: planDigest(plan), operator: 'pat' },
      { type: 'run_opened', epoch: 1, owner: OWNER, operator: 'pat' },
      { type: 'attempt_intended', step: 'a', ...PLACE, attempt: 1, id: '1', at_host: 'app1' },
      { type: 'attempt_ended', step: 'a', ...PLACE, attempt: 1, outcome: 'failed', failure: failed, durationMs: 5 },
      { type: 'gate_opened', gate },
      { type: 'gate_closed', gate: 'g1', answer: { kind: 'retry' }, by: 'pat' },
      { type: 'attempt_intended', step: 'a', ...PLACE, attempt: 2, id: '2', at_host: 'app1' },
      { type: 'attempt_ended', step: 'a', ...PLACE, attempt: 2, outcome: 'succeeded', durationMs: 5 },
      { type: 'skipped', step: 'b', ...PLACE, reason: 'operator', text: 'not needed', by: 'pat' },
      { type: 'run_closed', outcome: 'succeeded', text: 'done', next: [] },
    ];
    return bodies.map((body, index) => ({ ...body, seq: index + 1, at: '2026-01-01T00:00:00Z', mono: index }));
  }

  it('leads to the same state as one event after another, wherever it is looked at', async () => {
    const all = await events();
    for (let looked = 1; looked <= all.length; looked++) {
      const fold = new Fold();
      const given: [RunState | undefined, string][] = [];
      for (const [index, event] of all.entries()) {
        fold.add(event);
        if (index % looked === 0) given.push([fold.state, JSON.stringify(fold.state)]);
      }
      assert.deepEqual(
        fold.state,
        all.reduce<RunState | undefined>((state, event) => reduce(state, event), undefined),
      );
      for (const [state, text] of given) assert.equal(JSON.stringify(state), text, 'a state that was given out does not change');
    }
  });

  it('goes on from a state without changing it', async () => {
    const all = await events();
    const before = all.slice(0, 3).reduce<RunState | undefined>((state, event) => reduce(state, event), undefined);
    const text = JSON.stringify(before);
    const fold = new Fold(before);
    for (const event of all.slice(3)) fold.add(event);
    assert.equal(JSON.stringify(before), text);
    assert.equal(fold.state?.status, 'succeeded');
  });
});
