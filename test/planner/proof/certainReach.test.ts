import assert from 'node:assert/strict';
import { variantsOf } from '../../../src/planner/index.js';
import { reachesAll } from '../../../src/planner/proof/certainReach.js';
import { Reach } from '../../../src/planner/proof/reach.js';
import { projectOf } from './drafting.js';

const HEAD = `runbook: v1
id: sample
title: Sample
inputs: { version: { type: string, default: a }, fast: { type: boolean, default: false } }
facts: { old: { on: app, type: boolean, ask: Old? }, big: { type: boolean, ask: Big? } }
`;
const ROLES = 'roles: { app: { hosts: 1.. }, db: { hosts: 0..1 } }\n';

describe('what is certainly reached', () => {
  for (const [what, text, certain] of [
    ['steps without conditions', `${ROLES}steps: [ { id: a, on: app, run: x }, { id: b, on: [app, db], run: x } ]`, true],
    ['a step about an input of any value', `${ROLES}steps: [ { id: a, on: app, run: x, when: inputs.version == "b" } ]`, true],
    [
      'a step about a fact',
      `${ROLES}steps: [ { id: a, on: app, run: x, when: facts.big }, { id: b, on: app, run: x, when: "!facts.big" } ]`,
      true,
    ],
    ['steps of a group', `${ROLES}steps: [ { id: g, steps: [ { id: a, on: db, run: x, when: inputs.version != "b" } ] } ]`, true],
    ['a step about one of few values', `${ROLES}steps: [ { id: a, on: app, run: x, when: inputs.fast } ]`, false],
    ['a condition that never holds', `${ROLES}steps: [ { id: a, on: app, run: x, when: "false" } ]`, false],
    ['two things at once', `${ROLES}steps: [ { id: a, on: app, run: x, when: inputs.version == "b" && inputs.fast } ]`, false],
    ['a role without hosts', `roles: { app: { hosts: 0 } }\nsteps: [ { id: a, on: app, run: x } ]`, false],
  ] as const)
    it(`${certain ? 'are' : 'are not'} ${what}`, async () => {
      const project = await projectOf({ 'a.runbook.yaml': `${HEAD}${text}\n` });
      assert.equal(reachesAll(project), certain);
      if (!certain) return;
      const reach = new Reach(project);
      for (const { draft } of variantsOf(project)) reach.add(draft);
      assert.ok(reach.isComplete());
    });
});
