import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createLanguageService } from '../../src/language/index.js';
import { canonicalJson } from '../../src/planner/digest.js';
import { draftPlan, planDigest, reportOf } from '../../src/planner/index.js';
import type { Draft, Plan } from '../../src/planner/index.js';
import { draft } from '../support/drafting.js';

const INVENTORY = 'inventory: v1\nenvironment: rehearsal\nhosts: { app1: {}, app2: {} }\nroles: { app: [app1, app2] }\n';

const FLOW = `
runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1.. } }
facts: { ready: { type: boolean, title: It is ready, ask: Is it ready? } }
advisories: [{ id: care, severity: note, when: facts.ready, text: Take care. }]
order: [{ first: { backup: app }, then: { upgrade: app }, because: Nobody wants to lose data. }]
steps:
  - { id: one, title: Back up, on: app, run: backup, effects: [backup], timeout: 60s, verify: { file: { path: /b } } }
  - { id: two, title: Upgrade, on: app, when: facts.ready, run: upgrade, effects: [upgrade], irreversible: New., timeout: 1h, verify: { file: { path: /u } } }
`;

/** The same in block style, with remarks, other order of keys, other quotes. */
const BLOCK = `
# What this is about
title: 'Sample'
id: "sample"
runbook: v1
order:
  - because: Nobody wants to lose data.   # really
    then:
      upgrade: app
    first: { backup: app }
facts:
  ready:
    ask: Is it ready?
    title: It is ready
    type: boolean

advisories:
  - text: Take care.
    when: facts.ready
    severity: note
    id: care
roles:
  app:
    hosts: 1..


steps:
  - title: Back up
    run: backup
    id: one
    verify:
      file:
        path: /b
    timeout: 60s
    effects:
      - backup
    on: app
  - run: upgrade
    irreversible: New.
    when: facts.ready
    title: Upgrade
    on: app
    id: two
    effects: [upgrade]
    verify: { file: { path: "/u" } }
    timeout: 1h
`;

async function digests(runbook: string, inventory = INVENTORY): Promise<{ plan: string; runbook: string }> {
  const made = await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory });
  assert.ok(made.plan !== undefined, made.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  return { plan: made.digest, runbook: made.plan.runbook.digest };
}

describe('the digest', () => {
  it('does not change with formatting, remarks, the order of keys or the place in the file', async () => {
    assert.deepEqual(await digests(BLOCK), await digests(FLOW));
  });

  it('does not change with how a time is written', async () => {
    assert.equal((await digests(FLOW.replace('60s', '1m'))).plan, (await digests(FLOW)).plan);
    assert.notEqual((await digests(FLOW.replace('60s', '61s'))).plan, (await digests(FLOW)).plan);
  });

  it('does not change with how a time is written, wherever it stands', async () => {
    const flow = FLOW.replace('path: /b }', 'path: /b, max_age: 60s }')
      .replace('run: backup,', 'run: backup, on_failure: { remedies: [{ title: Again, run: again, timeout: 60s }] },')
      .replace('order:', 'prerequisites: [{ id: ask, title: Ask, manual: Ask., lead_time: 7d, valid_for: 14d, timeout: 1d }]\norder:')
      .replace('facts: {', 'facts: { fresh: { type: boolean, read: { file: { path: /f, max_age: 60s } } },');
    const here = await digests(flow);
    assert.deepEqual(
      await digests(flow.replaceAll('60s', '1m').replace('7d', '168h').replace('14d', '336h').replace('timeout: 1d', 'timeout: 24h')),
      here,
    );
    for (const [from, to] of [
      ['max_age: 60s', 'max_age: 61s'],
      ['run: again, timeout: 60s', 'run: again, timeout: 61s'],
      ['7d', '7 working days'],
    ] as const) {
      const other = await digests(flow.replace(from, to));
      assert.notEqual(other.plan, here.plan, to);
      assert.notEqual(other.runbook, here.runbook, to);
    }
  });

  it('changes with what an author names like a place of the plan or a time', async () => {
    for (const name of ['reachedBy', 'at', 'timeout']) {
      const digest = async (value: string): Promise<{ plan: string; runbook: string }> =>
        digests(FLOW.replace('run: backup,', `run: backup, env: { ${name}: ${value} },`));
      const [one, other] = [await digest('60s'), await digest('1m')];
      assert.notEqual(one.plan, other.plan, name);
      assert.notEqual(one.runbook, other.runbook, name);
    }
  });

  it('does not change with the order of days, the offset of an instant, or UTC written out', async () => {
    const day = (period: string): string => `${INVENTORY}windows: [{ ${period} }]\n`;
    const weekly = await digests(FLOW, day('days: [sat, sun], from: "22:00", to: "04:00"'));
    assert.equal((await digests(FLOW, day('days: [sun, sat], from: "22:00", to: "04:00", zone: UTC'))).plan, weekly.plan);
    assert.notEqual((await digests(FLOW, day('days: [sun, sat], from: "22:00", to: "04:00", zone: Europe/Budapest'))).plan, weekly.plan);
    const once = await digests(FLOW, day('from: 2026-11-28T22:00+01:00, to: 2026-11-29T04:00+01:00'));
    assert.equal((await digests(FLOW, day('from: 2026-11-28T21:00Z, to: 2026-11-29T03:00Z'))).plan, once.plan);
    assert.notEqual((await digests(FLOW, day('from: 2026-11-28T22:00Z, to: 2026-11-29T04:00Z'))).plan, once.plan);
  });

  it('is the same in whatever folder the files stand, also where one uses another beside its folder', async () => {
    const using = FLOW.replace('steps:\n', 'steps:\n  - { id: look, title: Look, use: ../shared/common.runbook.yaml }\n');
    const common =
      'runbook: v1\nid: common\ntitle: Common\nroles: { app: { hosts: 1.. } }\nsteps: [{ id: look, title: Look, on: app, check: { file: { path: /x } } }]\n';
    const [here, there] = await Promise.all(
      ['one/books', 'two/deep/books'].map(async (folder) => {
        const runbooks = { [`${folder}/a.runbook.yaml`]: using, [`${folder.replace(/books$/, 'shared')}/common.runbook.yaml`]: common };
        const { plan } = await draft({ runbooks, inventory: INVENTORY });
        assert.ok(plan !== undefined);
        return { plan: planDigest(plan), runbook: plan.runbook.digest, files: Object.values(plan.scopes).map(({ file }) => file) };
      }),
    );
    assert.deepEqual(there, here);
    assert.ok(here?.files.includes('../shared/common.runbook.yaml'));
  });

  it('of a plan does not change with the way of use that leads to the same steps', async () => {
    const head = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. } }\n';
    const step = '{ id: one, title: Look, on: app, check: { file: { path: /b } } }';
    const inPlace = await digests(`${head}steps: [{ id: group, title: Group, steps: [${step}] }]`);
    const used = await digests(`${head}procedures: { look: [${step}] }\nsteps: [{ id: group, title: Group, use: '#look' }]`);
    assert.equal(used.plan, inPlace.plan);
  });

  it('changes with everything that is done differently', async () => {
    const flow = await digests(FLOW);
    const changes: readonly (readonly [string, string])[] = [
      ['run: backup', 'run: backup --all'],
      ['when: facts.ready, run', 'when: "!facts.ready", run'],
      ['effects: [upgrade]', 'effects: [configure]'],
      ['timeout: 1h', 'timeout: 2h'],
      ['/u', '/v'],
      ['first: { backup: app }', 'first: { stop: app }'],
      ['text: Take care.', 'text: Take more care.'],
      ['irreversible: New.', 'undo: { run: downgrade }'],
    ];
    for (const [from, to] of changes) {
      const made = await draft({ runbooks: { 'a.runbook.yaml': FLOW.replace(from, to) }, inventory: INVENTORY });
      assert.ok(
        made.plan !== undefined || made.problems.every(({ diagnostic }) => diagnostic.code === 'order-broken'),
        `${to}: ${made.problems.map(({ diagnostic }) => diagnostic.message).join()}`,
      );
      if (made.plan !== undefined) assert.notEqual(planDigest(made.plan), flow.plan, to);
    }
  });

  it('of the runbook is the same in every environment, that of the plan is not', async () => {
    const here = await digests(FLOW);
    const there = await digests(FLOW, INVENTORY.replace('rehearsal', 'production').replaceAll('app2', 'app3'));
    assert.equal(there.runbook, here.runbook);
    assert.notEqual(there.plan, here.plan);
  });
});

describe('the plan of each example', () => {
  const examples = join(import.meta.dirname, '../../examples');

  it('is the same once it has been JSON, and so is its report', async () => {
    let plans = 0;
    for (const folder of await readdir(examples)) {
      const names = await readdir(join(examples, folder));
      for (const runbook of names.filter((name) => name.endsWith('.runbook.yaml')))
        for (const inventory of names.filter((name) => name.endsWith('.inventory.yaml'))) {
          const made = await exampleDraft(join(examples, folder, runbook), join(examples, folder, inventory));
          if (made?.plan === undefined) continue;
          plans++;
          const again = JSON.parse(JSON.stringify(made.plan)) as Plan;
          assert.deepEqual(again, made.plan, `${runbook} on ${inventory}`);
          assert.equal(canonicalJson(again), canonicalJson(made.plan));
          assert.equal(planDigest(again), made.digest);
          const report = reportOf({ ...made, plan: made.plan }, { now: Date.parse('2026-11-28T12:00Z') });
          assert.deepEqual(JSON.parse(JSON.stringify(report)), report, `${runbook} on ${inventory}`);
          assert.deepEqual(reportOf({ ...made, plan: again }, { now: Date.parse('2026-11-28T12:00Z') }), report);
        }
    }
    assert.ok(plans >= 8, `${String(plans)} plans`);
  }).timeout(60_000);
});

async function exampleDraft(runbook: string, inventory: string): Promise<Draft | undefined> {
  const service = createLanguageService({ workspace: { readText: (file) => readFile(file, 'utf8').catch(() => undefined) } });
  const project = await service.loadProject(runbook);
  if (project === undefined) return undefined;
  return draftPlan({ project, inventory: service.parseInventory(inventory, await readFile(inventory, 'utf8')), inputs: {}, facts: [] });
}
