import assert from 'node:assert/strict';
import { stepsOf, variantSpace, variantsOf } from '../../../src/planner/index.js';
import type { Variant } from '../../../src/planner/index.js';
import { versionPool } from '../../../src/planner/proof/versionPool.js';
import { projectOf } from './drafting.js';

async function variants(text: string, more: Readonly<Record<string, string>> = {}): Promise<readonly Variant[]> {
  return [...variantsOf(await projectOf({ 'a.runbook.yaml': `runbook: v1\nid: sample\ntitle: Sample\n${text}`, ...more }))];
}

const labels = (list: readonly Variant[]): readonly string[] => list.map(({ label }) => label);
const STEP = 'steps: [ { id: a, on: app, run: { linux: "true", windows: "exit 0" } } ]\n';

describe('variantsOf', () => {
  it('has each role at its least size, and at 1, 2 and 3 where that is allowed', async () => {
    const sizes = async (hosts: string): Promise<readonly (number | undefined)[]> =>
      (await variants(`roles: { app: { hosts: ${hosts} } }\nsteps: [ { on: app, run: "true" } ]`)).map((variant) => variant.sizes['app']);
    assert.deepEqual(await sizes('0..'), [0, 1, 2, 3]);
    assert.deepEqual(await sizes('1'), [1]);
    assert.deepEqual(await sizes('0..1'), [0, 1]);
    assert.deepEqual(await sizes('2..'), [2, 3]);
    assert.deepEqual(await sizes('5..7'), [5]);
  });

  it('crosses platforms, booleans and choices that a condition names, and leaves others alone', async () => {
    const made = await variants(`roles: { app: { hosts: 1, platforms: [linux, windows] } }
inputs:
  fips: { type: boolean, default: false }
  unused: { type: boolean, default: false }
  mode: { type: choice, options: [slow, fast], default: slow }
steps: [ { id: a, on: app, when: 'inputs.fips || inputs.mode == "fast"', run: { linux: "true", windows: "exit 0" } } ]
`);
    assert.deepEqual(labels(made), [
      'app 1 · linux · fips false · mode slow',
      'app 1 · linux · fips false · mode fast',
      'app 1 · linux · fips true · mode slow',
      'app 1 · linux · fips true · mode fast',
      'app 1 · windows · fips false · mode slow',
      'app 1 · windows · fips false · mode fast',
      'app 1 · windows · fips true · mode slow',
      'app 1 · windows · fips true · mode fast',
    ]);
    assert.equal(made.filter(({ draft }) => draft.plan?.steps.length === 0).length, 2);
  });

  it('finds paths of no hop, one and two, a refused one and a dispatched one', async () => {
    const inner = 'runbook: v1\nid: inner\ntitle: Inner\nroles: { app: { hosts: 1 } }\nsteps: [ { id: own, on: app, run: "true" } ]\n';
    const made = await variants(
      `roles: { app: { hosts: 1 } }
versions: { v: { pattern: '\\d+\\.\\d+' } }
inputs: { target: { type: version, scheme: v } }
facts: { installed: { on: app, type: version, scheme: v, ask: Which? } }
upgrade:
  installed: installed
  to: \${{ inputs.target }}
  supported: { range: '>= 2.0' }
  stops: [ { from: '< 4.0', to: '>= 6.0', via: '5.0' } ]
  instead: [ { when: hop.to == version("7.0"), use: ./inner.runbook.yaml } ]
steps: [ { id: each, per_hop: true, steps: [ { id: go, on: app, run: "true" }, { id: cross, on: app, when: crosses("8.0"), run: "true" } ] } ]
`,
      { 'inner.runbook.yaml': inner },
    );
    const kinds = new Set(
      made.map(({ draft: { plan } }) =>
        plan === undefined
          ? 'refused'
          : plan.steps
              .map((node) =>
                node.kind !== 'group' ? '' : node.children.map((hop) => (JSON.stringify(hop).includes('inner') ? 'inner' : 'own')).join(),
              )
              .join(),
      ),
    );
    for (const kind of ['refused', 'own,own', 'own,inner']) assert.ok(kinds.has(kind), `${kind} of ${[...kinds].join(' | ')}`);
    assert.ok(made.some(({ draft }) => draft.plan?.scopes['main']?.hops?.length === 0));
    assert.ok(made.some(({ draft }) => draft.plan !== undefined && JSON.stringify(draft.plan.steps).includes('/cross')));
    assert.ok(made.some(({ draft }) => draft.plan !== undefined && !JSON.stringify(draft.plan.steps).includes('/cross')));
    assert.ok(made.every(({ draft }) => draft.openFacts.every(({ decides }) => decides !== 'path')));
  });

  it('gives derived roles their host, by facts and by variables', async () => {
    const made = await variants(`roles:
  app: { hosts: 2.., vars: { main: boolean } }
  lead: { of: app, where: host.leads }
  main: { of: app, where: '!host.main' }
facts: { leads: { on: app, type: boolean, ask: Leads? } }
steps: [ { id: a, on: lead, run: "true" }, { id: b, on: main, run: "true" } ]
`);
    assert.deepEqual(
      made.map(({ draft }) => [draft.plan?.scopes['main']?.roles['lead'], draft.plan?.scopes['main']?.roles['main']]),
      ['app_1', 'app_2', 'app_1', 'app_3'].map((host) => [[host], [host]]),
    );
    assert.deepEqual(labels(made), ['app 2 · linux', 'app 2 · linux · found last', 'app 3 · linux', 'app 3 · linux · found last']);
    assert.ok(made.every(({ facts }) => facts.length > 0));
  });

  it('leaves inputs open of which no few values stand for all, here and in files that are given them', async () => {
    const inner = `runbook: v1
id: inner
title: Inner
roles: { app: { hosts: 1 } }
inputs: { many: { type: integer }, name: { type: string, default: plain } }
steps:
  - { id: small, on: app, when: inputs.many < 3, run: "true" }
  - { id: large, on: app, when: inputs.many >= 3, run: "true" }
  - { id: never, on: app, when: 'inputs.name == "other"', run: "true" }
`;
    const made = await variants(
      `roles: { app: { hosts: 1 } }
inputs: { count: { type: integer, default: 1 }, mode: { type: string, default: plain } }
steps:
  - { id: long, on: app, when: inputs.mode.size() > 9, run: "true" }
  - { id: part, use: ./inner.runbook.yaml, with: { many: '\${{ inputs.count }}' } }
`,
      { 'inner.runbook.yaml': inner },
    );
    assert.equal(made.length, 1);
    assert.deepEqual(made.map(({ draft }) => [...stepsOf(draft.plan?.steps ?? [])].map(({ path }) => path)).flat(), [
      'long',
      'part/small',
      'part/large',
    ]);
  });

  it('tries every answer to a question that decides which runbook is followed', async () => {
    const inner = 'runbook: v1\nid: inner\ntitle: Inner\nroles: { app: { hosts: 1 } }\nsteps: [ { id: own, on: app, run: "true" } ]\n';
    const made = await variants(
      `roles: { app: { hosts: 1 } }
inputs: { target: { type: version } }
facts:
  installed: { on: app, type: version, ask: Which? }
  clustered: { type: boolean, ask: Clustered? }
upgrade: { installed: installed, to: '\${{ inputs.target }}', instead: [ { when: facts.clustered, use: ./inner.runbook.yaml } ] }
steps: [ { id: go, on: app, when: crosses("2.0"), run: "true" } ]
`,
      { 'inner.runbook.yaml': inner },
    );
    const followed = new Set(made.map(({ draft }) => [...stepsOf(draft.plan?.steps ?? [])].map(({ id }) => id).join()));
    assert.deepEqual([...followed].sort(), ['', 'go', 'own']);
    assert.ok(labels(made).some((label) => label.endsWith('clustered true')));
  });

  it('leaves both branches of a condition on a variable in the plan', async () => {
    const [made] = await variants(`roles: { app: { hosts: 1, vars: { kind: { type: choice, options: [a, b] } } } }
steps: [ { id: one, on: app, when: 'host.kind == "a"', run: "true" }, { id: two, on: app, when: 'host.kind == "b"', run: "true" } ]
`);
    assert.equal(made?.draft.plan?.steps.length, 2);
  });

  it('takes pairs when there are more than 4096', async () => {
    const roles = ['a', 'b', 'c', 'd', 'e', 'f', 'app'].map((role) => `${role}: { hosts: 0.., platforms: [linux, windows] }`).join(', ');
    const project = await projectOf({ 'a.runbook.yaml': `runbook: v1\nid: sample\ntitle: Sample\nroles: { ${roles} }\n${STEP}` });
    assert.deepEqual(variantSpace(project), { combinations: 8 ** 7, pairwise: true, thinned: false });
    const made = [...variantsOf(project)];
    assert.ok(made.length >= 16 && made.length < 100, String(made.length));
  });

  it('has none for a runbook with errors', async () => {
    const project = await projectOf({ 'a.runbook.yaml': `runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1 } }\n${STEP}` });
    assert.deepEqual([...variantsOf({ ...project, sound: false })], []);
  });
});

describe('versionPool', () => {
  it('has versions below, at and above each that is named, in the shape of the scheme', () => {
    assert.deepEqual(versionPool(['9.1.000000', '10.0.000000'], '\\d+\\.\\d+\\.\\d{6}').slice(0, 6), [
      '9.0.999999',
      '9.1.000000',
      '9.1.000001',
      '10.0.000000',
      '10.0.000001',
      '10.0.000002',
    ]);
    for (const version of versionPool(['7.0'], '\\d+\\.\\d+')) assert.match(version, /^\d+\.\d+$/);
    assert.ok(versionPool([], '\\d{4}\\.\\d+').length > 1);
  });
});
