import assert from 'node:assert/strict';
import { compareEnvironment, compareVariants } from '../../../src/review/index.js';
import type { PlanComparison } from '../../../src/review/index.js';
import { createLanguageService } from '../../../src/language/index.js';
import type { Project } from '../../../src/language/index.js';

const INVENTORY = `inventory: v1
environment: lab
title: The lab
hosts: { one: {}, two: {} }
roles: { server: [one, two], database: [two] }
`;

/** A small runbook with these steps. */
async function projectOf(steps: string, extra = ''): Promise<Project> {
  const text = `runbook: v1
id: small
title: Small
roles:
  server: { hosts: 1.., title: Server }
  database: { hosts: 0..1, title: Database }
${extra}steps:
${steps}`;
  const service = createLanguageService({
    workspace: { readText: (file) => Promise.resolve(file === '/small.runbook.yaml' ? text : undefined) },
  });
  const project = await service.loadProject('/small.runbook.yaml');
  assert.ok(project !== undefined);
  assert.deepEqual(
    [...project.diagnostics.values()].flat().filter(({ severity }) => severity === 'error'),
    [],
  );
  return project;
}

const STOP = '  - { id: stop, title: Stop, on: server, service: { name: shop, state: stopped }, timeout: 5m }\n';
const START = '  - { id: start, title: Start, on: server, service: { name: shop, state: started }, timeout: 5m }\n';
const ASK = '  - { id: ask, title: Ask, manual: Ask somebody., evidence: [{ attest: It is fine }] }\n';
const SAVE = '  - { id: save, title: Save, on: database, run: save, effects: [backup], timeout: 5m, verify: { file: { path: /saved } } }\n';

function linesOf({ deltas }: PlanComparison): readonly (readonly [number, string])[] {
  return deltas.flatMap(({ variants, lines }) => lines.map(({ sign, what }) => [variants.length, `${sign} ${what}`] as const));
}

describe('what a change does to plans', () => {
  it('says in how many variants what is new and gone', async () => {
    const comparison = compareVariants(await projectOf(ASK + SAVE + STOP + START), await projectOf(STOP + START));
    const { compared, onlyOld, onlyNow, limits } = comparison;
    assert.equal(compared, 6);
    assert.deepEqual([onlyOld, onlyNow, limits], [[], [], []]);
    assert.deepEqual(linesOf(comparison), [
      [3, '- gate "Ask"'],
      [3, '- gate "Ask"'],
      [3, '- step "Save" on database'],
    ]);
  });

  it('does not tell apart how many made-up hosts there are', async () => {
    const comparison = compareVariants(
      await projectOf(STOP + START),
      await projectOf(STOP + START.replace('on: server', 'on: [server, database]')),
    );
    assert.deepEqual(
      linesOf(comparison).map(([, line]) => line.replace(/hosts .*/, 'hosts')),
      ['~ step "Start" on server, database: hosts'],
    );
  });

  it('says that steps come in another order', async () => {
    const comparison = compareVariants(await projectOf(ASK + STOP + START), await projectOf(STOP + ASK + START));
    assert.deepEqual(linesOf(comparison), [[6, '~ step "Stop" comes before "Ask"']]);
  });

  it('says that an order is broken', async () => {
    const order = 'order:\n  - { first: { stop: server }, then: { start: server }, because: It must be still. }\n';
    const comparison = compareVariants(await projectOf(STOP + START, order), await projectOf(START + STOP, order));
    assert.ok(linesOf(comparison).some(([, line]) => line.startsWith('! an order is broken')));
  });

  it('tells of variants that only one side has', async () => {
    const { onlyOld, onlyNow, compared } = compareVariants(
      await projectOf(STOP + START),
      await projectOf(STOP + START).then(async () =>
        projectOf(
          STOP + START.replace('on: server', 'on: server, when: inputs.fast'),
          'inputs: { fast: { type: boolean, default: false, title: Fast } }\n',
        ),
      ),
    );
    assert.equal(compared, 0);
    assert.equal(onlyOld.length, 6);
    assert.equal(onlyNow.length, 12);
  });

  it('knows a step that only has another place', async () => {
    const comparison = compareVariants(
      await projectOf(STOP + START),
      await projectOf(`${STOP}  - { id: again, title: Again, steps: [${START.trim().slice(2)}] }\n`),
    );
    assert.deepEqual(comparison.deltas, []);
  });

  it('compares the plan for one environment, which may be another one, too', async () => {
    const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });
    const inventory = service.parseInventory('/lab.inventory.yaml', INVENTORY);
    const other = service.parseInventory('/lab.inventory.yaml', INVENTORY.replace('server: [one, two]', 'server: [one]'));
    const project = await projectOf(SAVE + STOP + START);
    assert.deepEqual(linesOf(compareEnvironment({ project, inventory }, { project: await projectOf(SAVE + START), inventory })), [
      [1, '- step "Stop" on one, two'],
    ]);
    assert.deepEqual(linesOf(compareEnvironment({ project, inventory }, { project, inventory: other })), [
      [1, '~ step "Stop" on one: hosts one, two → one'],
      [1, '~ step "Start" on one: hosts one, two → one'],
    ]);
  });

  it('says why there is nothing to compare', async () => {
    const broken: Project = { ...(await projectOf(STOP)), sound: false };
    assert.deepEqual(compareVariants(broken, await projectOf(STOP)).limits, ['the old runbook has errors, so it has no plans to compare']);
  });
});
