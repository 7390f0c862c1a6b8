import assert from 'node:assert/strict';
import { draft } from '../../support/drafting.js';

const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. } }\n';

/** An inventory with that many hosts. */
function inventory(hosts: number): string {
  const names = Array.from({ length: hosts }, (_, at) => `h${String(at)}`);
  return `inventory: v1\nenvironment: rehearsal\nhosts: { ${names.map((name) => `${name}: {}`).join(', ')} }\nroles: { app: [${names.join(', ')}] }\n`;
}

/** Steps host by host, so many to each. */
function hostByHost(steps: number): string {
  const each = Array.from({ length: steps }, (_, at) => `      - { id: s${String(at)}, run: ./s${String(at)}.sh }\n`);
  return `${HEAD}steps:\n  - id: each\n    on: app\n    serial: 1\n    steps:\n${each.join('')}`;
}

describe('a large plan', () => {
  it('is made for hundreds of hosts in batches of one', async () => {
    const made = await draft({ runbooks: { 'a.runbook.yaml': hostByHost(20) }, inventory: inventory(300) });
    assert.deepEqual(made.problems, []);
    const [group] = made.plan?.steps ?? [];
    assert.equal(group?.kind === 'group' && group.children.length, 300);
  });

  it('is refused, with one problem, before it grows without end', async () => {
    const { plan, problems } = await draft({ runbooks: { 'a.runbook.yaml': hostByHost(200) }, inventory: inventory(300) });
    assert.equal(plan, undefined);
    assert.deepEqual(
      problems.map(({ diagnostic }) => diagnostic.code),
      ['too-many-steps'],
    );
    assert.match(problems[0]?.diagnostic.message ?? '', /more than 50000 steps and groups, counting each batch/);
  });
});
