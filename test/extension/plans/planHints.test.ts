import assert from 'node:assert/strict';
import { digestHint, planHints } from '../../../src/extension/plans/planHints.js';
import { LineIndex } from '../../../src/language/index.js';
import { draft, planOf } from '../../support/drafting.js';
import { serviceOver } from '../../support/language/service.js';

const FILE = 'a.runbook.yaml';
const RUNBOOK = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1.. }, db: { hosts: 1 } }
steps:
  - id: all
    title: On all of them
    on: app
    run: x
  - id: one
    title: On one
    on: db
    run: x
    estimate: 5m
  - { id: here, title: Here, from: local, run: date }
  - id: rolling
    title: One by one
    on: app
    serial: 1
    steps: [ { id: inner, title: Inner, run: x, estimate: 10m } ]
`;
const INVENTORY = `inventory: v1
environment: staging
hosts: { a1: {}, a2: {}, a3: {}, a4: {}, a5: {}, d1: {} }
roles: { app: [a1, a2, a3, a4, a5], db: [d1] }
`;

describe('hints from a plan', () => {
  it('name the hosts of a step, and what adds up', async () => {
    const plan = await planOf({ runbooks: { [FILE]: RUNBOOK }, inventory: INVENTORY });
    const lines = new LineIndex(RUNBOOK);
    const outline = serviceOver({}).outline(FILE, RUNBOOK);
    const hints = planHints(plan, FILE, outline, (offset) => lines.position(offset).line);
    const all = '→ 5 hosts: a1, a2, a3, a4, and 1 more';
    assert.deepEqual(
      hints.map(({ line, label }) => `${String(line)} ${label}`),
      [`7 ${all}`, '11 → d1', `17 ${all} · about 50 min`, `20 ${all} · about 50 min`],
    );
    assert.equal(hints[1]?.tooltip, 'On one (one)');
  });

  it('say nothing of another file', async () => {
    const plan = await planOf({ runbooks: { [FILE]: RUNBOOK }, inventory: INVENTORY });
    assert.deepEqual(
      planHints(plan, 'other.runbook.yaml', serviceOver({}).outline(FILE, RUNBOOK), () => 6),
      [],
    );
  });

  it('say whether the plan is the one that was run last', async () => {
    const before = await draft({ runbooks: { [FILE]: RUNBOOK }, inventory: INVENTORY });
    const { plan, digest } = before;
    assert.ok(plan !== undefined);
    const last = { plan, digest, approved: true };
    assert.equal(digestHint(before, last, 'Monday'), 'as approved for the run of Monday');
    assert.equal(digestHint(before, { ...last, approved: false }, 'Monday'), 'as in the run of Monday');
    const fewer = await draft({ runbooks: { [FILE]: RUNBOOK }, inventory: INVENTORY.replace(', a5]', ']') });
    assert.equal(digestHint(fewer, last, 'Monday'), 'the text as in the run of Monday, the plan not');
    const other = await draft({ runbooks: { [FILE]: RUNBOOK.replace('run: date', 'run: uptime') }, inventory: INVENTORY });
    assert.equal(digestHint(other, last, 'Monday'), 'changed since the run of Monday');
    const elsewhere = await draft({ runbooks: { [FILE]: RUNBOOK }, inventory: INVENTORY.replace('staging', 'production') });
    assert.equal(digestHint(elsewhere, last, 'Monday'), 'unchanged since the run of Monday, elsewhere');
    assert.equal(digestHint({ ...before, plan: undefined }, last, 'Monday'), '');
  });
});
