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

const THIRD = `
runbook: v1
id: third
title: Third
${VERSIONS}
inputs: { to: { type: version, scheme: v, title: Target } }
roles: { web: { hosts: 1.. } }
facts: { installed: { on: web, type: version, scheme: v, title: Installed version, ask: Which version? } }
upgrade: { installed: installed, to: '\${{ inputs.to }}' }
steps: [{ id: up, title: Upgrade at once, on: web, run: upgrade, effects: [upgrade], irreversible: New., timeout: 1h, verify: { file: { path: /u } } }]
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

  it('names the runbook that a more specific one hands a hop over to, and keeps their questions apart', async () => {
    const upgrade = (use: string): string =>
      THIRD.replace(
        "{ inputs.to }}' }",
        `{ inputs.to }}', instead: [{ when: 'hop.to == version("3.0")', use: ${use}, title: Page, with: { to: '\${{ hop.to }}' } }] }`,
      );
    const runbooks = { 'a.runbook.yaml': upgrade('b.runbook.yaml'), 'b.runbook.yaml': upgrade('c.runbook.yaml'), 'c.runbook.yaml': THIRD };
    const made = await draft({ runbooks, inventory: INVENTORY, inputs: { to: '3.0' } });
    assert.ok(made.plan !== undefined, made.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
    const report = reportOf({ ...made, plan: made.plan });
    const [hop] = report.hops;
    assert.deepEqual([hop?.dispatched_to, hop?.handed_on_to], ['b.runbook.yaml', ['c.runbook.yaml']]);
    const found = planText(report, { color: false, width: 200 });
    assert.match(found, /b\.runbook\.yaml is followed here, made for exactly this hop; it hands over to c\.runbook\.yaml/);
    assert.match(found, /installed +Which version\? \(a1, a2\) A person is asked before there is a plan\.\n/);
    for (const { file, used_by: scope, option, host } of report.questions)
      if (scope !== undefined) {
        assert.equal(option, `--fact ${scope}.installed@${host ?? ''}=…`);
        assert.ok(found.includes(`It is a fact of ${file}, used by step "${scope}".`), found);
      }
    assert.deepEqual([...new Set(report.questions.map(({ file }) => file))], ['a.runbook.yaml', 'b.runbook.yaml', 'c.runbook.yaml']);
  });

  it('says where a step is performed that another host, or one of several, performs for all', async () => {
    const runbook = `runbook: v1
id: w
title: W
roles: { web: { hosts: 1.. }, gate: { hosts: 1 } }
steps:
  - { id: a, title: Together, on: web, from: gate, once: true, run: a, timeout: 1m }
  - { id: b, title: Each, on: web, from: gate, run: a, timeout: 1m }
  - { id: c, title: Itself, on: web, run: a, timeout: 1m }
  - { id: d, title: By hand, on: web, once: true, manual: Do it. }
`;
    const made = await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory: INVENTORY.replace('web:', 'gate: [a1], web:') });
    assert.ok(made.plan !== undefined, made.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
    const found = planText(reportOf({ ...made, plan: made.plan }), { color: false, width: 100 });
    assert.match(found, /Together +a1, a2, once for all from a1\n/);
    assert.match(found, /Each +a1, a2.* from a1\n/);
    assert.match(found, /Itself +a1, a2\n/);
    assert.match(found, /By hand +a1, a2, once for all\n/);
  });

  it('does not make up how far in the point of no return is', async () => {
    const step = (id: string, more: string): string => `  - { id: ${id}, title: Step ${id}, on: web, run: a, timeout: 1m${more} }\n`;
    const last = step('z', ', effects: [upgrade], irreversible: New., verify: { file: { path: /u } }');
    const saying = async (...steps: readonly string[]): Promise<string> => {
      const runbook = `runbook: v1\nid: w\ntitle: W\nroles: { web: { hosts: 1.. } }\nsteps:\n${steps.join('')}${last}`;
      const made = await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory: INVENTORY });
      assert.ok(made.plan !== undefined, made.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
      return (
        /no way back +from step \d, Step z \(a1, a2\)(.*): New/.exec(
          planText(reportOf({ ...made, plan: made.plan }), { color: false, width: 100 }),
        )?.[1] ?? '?'
      );
    };
    assert.equal(await saying(), ', at once');
    assert.equal(await saying(step('a', '')), '');
    assert.equal(await saying(step('a', ', estimate: 10m')), ', about 10 min in');
    assert.equal(await saying(step('a', ', estimate: 10m'), step('b', '')), ', at least 10 min in');
  });

  it('puts hosts under the titles where the terminal is narrow', async () => {
    assert.match(await text('2.0', 60), /\n +2 {6}Upgrade it\n +a1\n/);
  });
});
