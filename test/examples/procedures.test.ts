import assert from 'node:assert/strict';
import { draftPlan, planDigest, reportOf, stepsOf } from '../../src/planner/index.js';
import type { Plan, PlanStep } from '../../src/planner/index.js';
import { Examples, givenFacts, pathsOf, stepOf } from '../capabilities/examples.js';
import type { Circumstances } from '../capabilities/examples.js';
import { secretServer, SECRET_SERVER, SECRET_SERVER_LAB, URBANCODE, URBANCODE_THREE } from '../capabilities/circumstances.js';

const examples = new Examples();

describe('Secret Server from 9.1.000000 to 10.9.000032, with everything an advisory asks about', () => {
  const circumstances = secretServer('9.1.000000');

  it('goes by 9.1.000001, and follows the specific guide from there, with the generic steps for comparison', async () => {
    const draft = await examples.draft(SECRET_SERVER, SECRET_SERVER_LAB, circumstances);
    assert.ok(draft.plan);
    const { hops } = reportOf({ ...draft, plan: draft.plan }, { facts: factsOf(circumstances) });
    assert.deepEqual(
      hops.map(({ from, to, dispatched_to: guide }) => [from, to, guide]),
      [
        ['9.1.000000', '9.1.000001', undefined],
        ['9.1.000001', '10.9.000032', 'to_10_9.runbook.yaml'],
      ],
    );
    const generic = draft.comparisons.flatMap((comparison) => [...stepsOf(comparison.generic)].map(({ path }) => path));
    assert.ok(generic.includes('hop@2/setup/upgrade') && !generic.includes('hop@2/dotnet'));
  });

  it('opens the setup at the old address in the first hop and still in the second', async () => {
    const plan = await examples.plan(SECRET_SERVER, SECRET_SERVER_LAB, circumstances);
    assert.deepEqual(
      [...stepsOf(plan.steps)].filter(({ id }) => id === 'open_setup').map((step) => plan.scopes[step.scope]?.inputs['from']),
      ['9.1.000000', '9.1.000001'],
    );
  });

  it('waits before the second hop until the first has settled, asks about the ambiguous advisory, and names what comes next', async () => {
    const draft = await examples.draft(SECRET_SERVER, SECRET_SERVER_LAB, circumstances);
    assert.ok(draft.plan);
    assert.equal(stepOf(draft.plan, 'hop@2/settled/settled').timeoutMs, 24 * 3_600_000);
    assert.ok(!pathsOf(draft.plan).some((path) => path.startsWith('hop@1/settled')));
    const report = reportOf({ ...draft, plan: draft.plan }, { facts: factsOf(circumstances) });
    assert.ok(report.questions.some(({ fact }) => fact === 'advisories.windows_engine'));
    assert.deepEqual(
      report.next.map(({ use }) => use),
      ['clustering.runbook.yaml'],
    );
  });

  it('is one hop from 10.5.000000, with the new address', async () => {
    const plan = await examples.plan(SECRET_SERVER, SECRET_SERVER_LAB, secretServer('10.5.000000'));
    assert.deepEqual(plan.scopes['main']?.hops, [{ number: 1, last: true, from: '10.5.000000', to: '10.9.000032' }]);
  });

  it('refuses what is below 7.1.000015, and says whom to ask', async () => {
    const draft = await examples.draft(SECRET_SERVER, SECRET_SERVER_LAB, secretServer('7.1.000014'));
    assert.equal(draft.plan, undefined);
    assert.match(draft.problems[0]?.diagnostic.message ?? '', /ask Technical support for Secret Server \(https:/);
  });
});

describe('UrbanCode Deploy on three servers', () => {
  const installed = Object.fromEntries(['ucd_1', 'ucd_2', 'ucd_3'].map((host) => [`installed@${host}`, '6.1.1.4']));

  it('has plans with and without FIPS that differ in the acknowledgement, the argument and nothing else', async () => {
    const without = await urbanCode(false, 'linux');
    const with_ = await urbanCode(true, 'linux');
    const added = pathsOf(with_).filter((path) => !pathsOf(without).includes(path));
    assert.deepEqual(added, ['advisories/fips']);
    for (const step of stepsOf(without.steps)) assert.deepEqual(stepOf(with_, step.path).spec, step.spec, step.path);
    assert.notEqual(planDigest(with_), planDigest(without));
  });

  it('has plans for Linux and Windows that differ in the platform of the servers and nothing else', async () => {
    const linux = await urbanCode(false, 'linux');
    const windows = await urbanCode(false, 'windows');
    assert.deepEqual(withoutPlatforms(windows), withoutPlatforms(linux));
    const scripts = [...stepsOf(windows.steps)].flatMap(scriptsOf);
    assert.ok(
      scripts.length > 0 && scripts.every((script) => typeof script === 'object' && script !== null && 'windows' in script),
      JSON.stringify(scripts),
    );
  });

  it('answers the question for the database on the first server alone', async () => {
    const plan = await urbanCode(false, 'linux');
    const { answers } = stepOf(plan, 'others@ucd_2/install');
    const database = answers.filter(({ prompt }) => prompt.includes('database'));
    assert.deepEqual(
      database.map(({ when, answer, never }) => [when, answer ?? never]),
      [
        ['host.is("first_server")', 'yes'],
        ['!host.is("first_server")', 'The first server has upgraded the database already; a second upgrade would damage it.'],
      ],
    );
  });

  async function urbanCode(fips: boolean, platform: 'linux' | 'windows'): Promise<Plan> {
    const base = await examples.draft(URBANCODE, URBANCODE_THREE, { inputs: { fips }, facts: installed });
    if (platform === 'linux') return planOf(base);
    const project = await examples.project(URBANCODE);
    const inventory = await examples.inventory(URBANCODE_THREE);
    const hosts = Object.fromEntries(
      Object.entries(inventory.value?.hosts ?? {}).map(([name, host]) => [
        name,
        name.startsWith('ucd_') && /\d$/.test(name) ? { ...host, platform } : host,
      ]),
    );
    const value = inventory.value === undefined ? undefined : { ...inventory.value, hosts };
    return planOf(draftPlan({ project, inventory: { ...inventory, value }, inputs: { fips }, facts: factsOf({ facts: installed }) }));
  }
});

function planOf({ plan, problems }: Awaited<ReturnType<Examples['draft']>>): Plan {
  assert.ok(plan, problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  return plan;
}

function scriptsOf(step: PlanStep): readonly unknown[] {
  const acting = [step, ...Object.values(step.methods)];
  const onServers = step.targets.some(({ at }) => /^ucd_\d$/.test(at));
  return onServers ? acting.flatMap(({ spec }) => (spec.run === undefined ? [] : [spec.run])) : [];
}

function withoutPlatforms({ hosts, ...plan }: Plan): unknown {
  return { ...plan, hosts: Object.values(hosts).map(({ platform: _platform, ...host }) => host) };
}

function factsOf({ facts = {} }: Circumstances): ReturnType<typeof givenFacts> {
  return givenFacts(facts);
}
