import assert from 'node:assert/strict';
import { draft } from '../../support/drafting.js';
import { inventoryOf, pigeons, unprovenPlan } from './drafting.js';

const RUNBOOK = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1.. }, db: { hosts: 0..1 } }
order: [ { first: { backup: db }, then: { upgrade: app }, because: Nothing can be restored otherwise. } ]
steps:
  - { id: install, on: app, run: "true", effects: [upgrade] }
  - { id: save, on: db, run: "true", effects: [backup] }
`;

describe('draftPlan and the orders', () => {
  it('refuses a plan that breaks one, at the step', async () => {
    const made = await draft({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory: inventoryOf({ app: ['app1'], db: ['db1'] }) });
    assert.equal(made.plan, undefined);
    assert.deepEqual(
      made.problems.map(({ file, diagnostic }) => [file, diagnostic.code, RUNBOOK.slice(diagnostic.range.start, diagnostic.range.end)]),
      [['/work/a.runbook.yaml', 'order-broken', 'install']],
    );
    assert.equal(made.proof?.violations.length, 1);
  });

  it('makes it where the order is about no host, and says that it is proven', async () => {
    const made = await draft({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory: inventoryOf({ app: ['app1'], db: [] }) });
    assert.deepEqual(made.problems, []);
    assert.equal(made.proof?.orders[0]?.verdict, 'proven');
  });

  it('makes it without proof', async () => {
    const plan = await unprovenPlan(RUNBOOK, inventoryOf({ app: ['app1'], db: ['db1'] }));
    assert.equal(plan.orders.length, 1);
  });

  it('says when it could try only pairs of open conditions', async () => {
    const { facts, steps } = pigeons(7);
    const text = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1 }, db: { hosts: 1 } }
facts:
${facts}order: [ { first: { backup: db }, then: { upgrade: app }, because: Nothing can be restored otherwise. } ]
steps:
${steps}  - { id: install, on: app, run: "true", effects: [upgrade] }
`;
    const made = await draft({ runbooks: { 'a.runbook.yaml': text }, inventory: inventoryOf({ app: ['app1'], db: ['db1'] }) });
    assert.deepEqual(
      made.warnings.map(({ diagnostic }) => [diagnostic.code, diagnostic.severity]),
      [['order-unprovable', 'information']],
    );
  });

  it('warns of a host that stays stopped', async () => {
    const text =
      'runbook: v1\nid: s\ntitle: S\nroles: { app: { hosts: 1 } }\nsteps: [ { id: halt, on: app, run: "true", effects: [stop] } ]\n';
    const made = await draft({ runbooks: { 'a.runbook.yaml': text }, inventory: inventoryOf({ app: ['app1'] }) });
    assert.deepEqual(
      made.warnings.map(({ diagnostic }) => [diagnostic.code, diagnostic.severity]),
      [['stop-without-start', 'warning']],
    );
    assert.notEqual(made.plan, undefined);
  });

  it('does not reckon with what comes next where the inputs say that it does not', async () => {
    const text = `runbook: v1
id: s
title: S
roles: { app: { hosts: 1 } }
inputs: { go_on: { type: boolean, default: false } }
steps: [ { id: halt, on: app, run: "true", effects: [stop] } ]
next: [ { use: ./after.runbook.yaml, when: inputs.go_on } ]
`;
    const after =
      'runbook: v1\nid: a\ntitle: A\nroles: { app: { hosts: 1 } }\nsteps: [ { id: up, on: app, run: "true", effects: [start] } ]\n';
    const codes = async (goOn: boolean): Promise<readonly string[]> =>
      (
        await draft({
          runbooks: { 'a.runbook.yaml': text, 'after.runbook.yaml': after },
          inventory: inventoryOf({ app: ['app1'] }),
          inputs: { go_on: goOn },
        })
      ).warnings.map(({ diagnostic }) => diagnostic.code);
    assert.deepEqual(await codes(false), ['stop-without-start']);
    assert.deepEqual(await codes(true), []);
  });
});
