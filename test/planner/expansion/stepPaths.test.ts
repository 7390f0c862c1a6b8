import assert from 'node:assert/strict';
import { stepsOf } from '../../../src/planner/index.js';
import { draft, planOf } from '../../support/drafting.js';

const INVENTORY = 'inventory: v1\nenvironment: rehearsal\nhosts: { a: {} }\nroles: { node: [a] }\n';
const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { node: { hosts: 1.. } }\n';

async function pathsOf(runbook: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const plan = await planOf({ runbooks: { 'a.runbook.yaml': HEAD + runbook, ...more }, inventory: INVENTORY });
  return [...stepsOf(plan.steps)].map(({ path }) => path);
}

describe('paths of steps', () => {
  it('are refused where two sections call a step alike', async () => {
    const made = await draft({
      runbooks: { 'a.runbook.yaml': `${HEAD}prerequisites: [ { id: look, run: date } ]\nsteps: [ { id: look, run: who } ]\n` },
      inventory: INVENTORY,
    });
    assert.deepEqual(
      made.problems.map(({ diagnostic }) => diagnostic.code),
      ['duplicate-step-id'],
    );
  });

  it('never take by default what another step is called, in whatever order', async () => {
    const paths = await pathsOf(`
procedures: { x: [ { id: look, run: date } ] }
prerequisites: [ { manual: Zero. } ]
steps:
  - { use: "#x" }
  - { use: "#x" }
  - { id: x_2, steps: [ { id: look, run: uptime } ] }
  - { manual: One. }
  - { manual: Two. }
  - { id: manual_2, manual: Three. }
finally: [ { manual: Four. } ]
`);
    assert.deepEqual(paths, ['manual', 'x/look', 'x_3/look', 'x_2/look', 'manual_3', 'manual_4', 'manual_2', 'manual_5']);
  });

  it('stay apart in a file that is used, and from what the planner puts beside them', async () => {
    const library = `
runbook: v1
id: advisories
title: Library
advisories: [ { id: read, severity: caution, text: Read this., demands: acknowledgement } ]
prerequisites: [ { manual: Ready? } ]
steps: [ { manual: Go. } ]
`;
    const used = await pathsOf('steps: [ { use: advisories.runbook.yaml } ]', { 'advisories.runbook.yaml': library });
    assert.deepEqual(used, ['advisories/advisories/read', 'advisories/manual', 'advisories/manual_2']);
    const beside = await pathsOf(
      'advisories: [ { id: read, severity: caution, text: Read that., demands: acknowledgement } ]\nsteps: [ { use: advisories.runbook.yaml } ]',
      { 'advisories.runbook.yaml': library },
    );
    assert.equal(new Set(beside).size, beside.length);
    assert.equal(beside[0], 'advisories/read');
  });

  it('include what the advisories of a file demand where only a part of it is used', async () => {
    const library = `
runbook: v1
id: library
title: Library
advisories: [ { id: read, severity: caution, text: Read this., demands: acknowledgement } ]
steps: [ { id: up, run: "true" }, { id: down, run: "true" } ]
`;
    const used = await pathsOf('steps: [ { id: part, use: "library.runbook.yaml#up" } ]', { 'library.runbook.yaml': library });
    assert.deepEqual(used, ['part/advisories/read', 'part/up']);
  });
});

describe('a batch of a serial group', () => {
  it('narrows each role by itself, and leaves the others whole', async () => {
    const runbook = `
runbook: v1
id: sample
title: Sample
roles: { server: { hosts: 1.. }, database: { hosts: 1 } }
steps: [ { id: each, on: server, serial: 1, steps: [ { id: stop, on: [server, database], run: "true" } ] } ]
`;
    const inventory = `inventory: v1\nenvironment: rehearsal\nhosts: { s1: {}, s2: {}, db: {} }\nroles: { server: [s1, s2], database: [db] }\n`;
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': runbook }, inventory });
    assert.deepEqual(
      [...stepsOf(plan.steps)].map(({ targets }) => targets.map(({ key }) => key)),
      [
        ['s1', 'db'],
        ['s2', 'db'],
      ],
    );
  });
});

describe('effects of a step', () => {
  it('are those of its service, too, whether or not they are declared', async () => {
    const runbook = `${HEAD}
steps:
  - { id: stop, on: node, service: { name: shop, state: stopped } }
  - { id: start, on: node, service: { name: shop, state: started }, effects: [start, configure], irreversible: Yes. }
  - { id: restart, on: node, service: { name: shop, state: restarted } }
  - id: ways
    on: node
    methods: { by_hand: { manual: Stop it. }, by_service: { service: { name: shop, state: stopped } } }
`;
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': runbook }, inventory: INVENTORY });
    assert.deepEqual(
      [...stepsOf(plan.steps)].map(({ effects }) => effects),
      [['stop'], ['start', 'configure'], ['stop', 'start'], []],
    );
  });
});
