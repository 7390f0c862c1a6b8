import assert from 'node:assert/strict';
import { planText } from '../../src/cli/reporters/planText.js';
import { reportOf } from '../../src/planner/index.js';
import { draft } from '../support/drafting.js';

const VERSIONS = `versions: { v: { pattern: '\\d+\\.\\d+' } }`;

const RUNBOOK = `
runbook: v1
id: farm
title: Upgrade the farm
${VERSIONS}
inputs: { to: { type: version, scheme: v, title: Target } }
roles: { web: { hosts: 1.. } }
facts: { installed: { on: web, type: version, scheme: v, title: Installed version, ask: Which version? } }
upgrade:
  installed: installed
  to: \${{ inputs.to }}
  instead: [{ when: hop.to == version("3.0"), use: special.runbook.yaml, title: The page for 3.0 }]
prerequisites:
  - { id: space, title: There is room, on: web, check: { file: { path: /room } } }
steps:
  - id: each
    title: One after the other
    on: web
    serial: 1
    steps: [{ id: up, title: Upgrade it, on: web, run: upgrade, effects: [upgrade], irreversible: New., timeout: 1h, verify: { file: { path: /u } } }]
`;

const SPECIAL = `
runbook: v1
id: special
title: Special
roles: { web: { hosts: 1.. } }
steps: [{ id: read, title: Read the page, manual: Read it., evidence: [{ attest: Read. }] }]
`;

const INVENTORY = 'inventory: v1\nenvironment: here\nhosts: { a1: {}, a2: {} }\nroles: { web: [a1, a2] }\n';

async function text(to: string, width = 100): Promise<string> {
  const facts = ['a1', 'a2'].map((host) => ({ scope: 'main', fact: 'installed', host, value: '1.0' }));
  const runbooks = { 'a.runbook.yaml': RUNBOOK, 'special.runbook.yaml': SPECIAL };
  const made = await draft({ runbooks, inventory: INVENTORY, inputs: { to }, facts });
  assert.ok(made.plan !== undefined, made.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  return planText(reportOf({ ...made, plan: made.plan }, { facts }), { color: false, width });
}

describe('a plan as text', () => {
  it('has the title of every group, and of every batch of a serial one', async () => {
    const found = await text('2.0');
    assert.match(found, /Steps\n +One after the other\n +a1\n +2 +Upgrade it +a1\n/);
    assert.match(found, /\n +a2\n +3 +Upgrade it +a2\n/);
  });

  it('tells the generic steps once, after the hop that another runbook takes over', async () => {
    const found = await text('3.0');
    assert.match(
      found,
      /Steps\n +The page for 3\.0, 1\.0 → 3\.0\n +special\.runbook\.yaml is followed here.*\n +2 +Read the page\n.*\n +Without special/,
    );
    assert.equal(found.split('Without special.runbook.yaml, 2 generic steps would be done: Upgrade it · Upgrade it').length, 2);
  });

  it('says when the target is installed already', async () => {
    assert.match(await text('1.0'), /path +the target is installed already/);
  });

  it('puts hosts under the titles where the terminal is narrow', async () => {
    assert.match(await text('2.0', 60), /\n +2 {6}Upgrade it\n +a1\n/);
  });
});
