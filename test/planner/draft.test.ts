import assert from 'node:assert/strict';
import { planDigest, stepsOf } from '../../src/planner/index.js';
import type { Plan } from '../../src/planner/index.js';
import { draft, planOf } from '../support/drafting.js';

const INVENTORY = `
inventory: v1
environment: rehearsal
hosts:
  app1: { address: app1.example.com, vars: { url: "https://app1.example.com" } }
  app2: { address: app2.example.com, vars: { url: "https://app2.example.com" } }
  app3: { address: app3.example.com, vars: { url: "https://app3.example.com" } }
roles:
  app: [app1, app2, app3]
`;

const HEAD = `
runbook: v1
id: sample
title: Sample
roles:
  app: { hosts: 1.., vars: { url: url } }
  first_app: { of: app, pick: first }
  other_apps: { of: app, except: first_app }
  spare: { hosts: 0.. }
`;

function paths(plan: Plan): readonly string[] {
  return [...stepsOf(plan.steps)].map(
    (step) =>
      `${step.path}: ${step.targets.map((target) => (target.key === target.at ? target.key : `${target.key}>${target.at}`)).join(' ')}`,
  );
}

async function pathsOf(steps: string, more = ''): Promise<readonly string[]> {
  return paths(await planOf({ runbooks: { 'a.runbook.yaml': `${HEAD}${more}\nsteps:\n${steps}` }, inventory: INVENTORY }));
}

describe('draftPlan', () => {
  it('refuses an inventory in which the linter finds an error', async () => {
    const steps = `${HEAD}\nsteps:\n  - { id: a, on: app, run: "true" }`;
    const wrong: readonly (readonly [code: string, inventory: string])[] = [
      ['invalid-period', `${INVENTORY}blackouts: [{ days: [mon], from: "00:00", to: "23:59", zone: Europe/Budapst }]\n`],
      ['repeated-host', INVENTORY.replace('[app1, app2', '[app1, app1, app2')],
      ['undefined-host', INVENTORY.replace('app1.example.com,', 'app1.example.com, jump: gate,')],
    ];
    for (const [code, inventory] of wrong) {
      const { plan, problems } = await draft({ runbooks: { 'a.runbook.yaml': steps }, inventory });
      assert.equal(plan, undefined, code);
      assert.deepEqual(
        problems.map(({ file, diagnostic }) => `${file} ${diagnostic.code}`),
        [`/work/x.inventory.yaml ${code}`],
      );
    }
  });

  it('finishes a step on all hosts of its role before the next', async () => {
    assert.deepEqual(await pathsOf('  - { id: a, on: app, run: "true" }\n  - { id: b, on: other_apps, run: "true" }'), [
      'a: app1 app2 app3',
      'b: app2 app3',
    ]);
  });

  it('turns a serial group into batches', async () => {
    assert.deepEqual(await pathsOf('  - { id: g, on: app, serial: 2, steps: [ { id: a, run: "true" }, { id: b, run: "true" } ] }'), [
      'g@app1+app2/a: app1 app2',
      'g@app1+app2/b: app1 app2',
      'g@app3/a: app3',
      'g@app3/b: app3',
    ]);
  });

  it('performs a step elsewhere, or once for all', async () => {
    assert.deepEqual(
      await pathsOf(
        '  - { id: a, on: other_apps, from: first_app, run: "true" }\n  - { id: b, on: app, from: local, once: true, run: "true" }\n  - { id: c, on: app, once: true, run: "true" }',
      ),
      ['a: app2>app1 app3>app1', 'b: ->local', 'c: ->app1'],
    );
  });

  it('drops the steps of an empty role', async () => {
    assert.deepEqual(await pathsOf('  - { id: a, on: spare, run: "true" }\n  - { id: b, on: [app, spare], run: "true" }'), [
      'b: app1 app2 app3',
    ]);
  });

  it('replaces `use` by what it stands for, with the hosts of the user', async () => {
    const procedures = 'procedures:\n  both:\n    - { id: x, run: "true" }\n    - { id: y, on: first_app, run: "true" }';
    assert.deepEqual(await pathsOf('  - { id: one, on: app, use: "#both" }\n  - { on: other_apps, use: "#both" }', procedures), [
      'one/x: app1 app2 app3',
      'one/y: app1',
      'both/x: app2 app3',
      'both/y: app1',
    ]);
  });

  it('gives the file that is used its own inputs and roles', async () => {
    const inner = `
runbook: v1
id: inner
title: Inner
inputs: { word: { type: string } }
roles: { node: { hosts: 1.. } }
steps:
  - { id: say, title: "Say \${{ inputs.word }}", on: node, run: "true" }
`;
    const outer = `${HEAD}\nsteps:\n  - { id: inside, use: ./inner.runbook.yaml, roles: { node: other_apps }, with: { word: hello } }`;
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': outer, 'inner.runbook.yaml': inner }, inventory: INVENTORY });
    assert.deepEqual(paths(plan), ['inside/say: app2 app3']);
    assert.equal([...stepsOf(plan.steps)][0]?.title, 'Say hello');
  });

  it('drops what inputs alone decide and keeps what facts may change', async () => {
    const head = 'inputs: { loud: { type: boolean, default: false } }\nfacts: { windy: { type: boolean, ask: Is it windy? } }';
    assert.deepEqual(
      await pathsOf(
        '  - { id: a, when: inputs.loud, run: "true" }\n  - { id: b, when: facts.windy, run: "true" }\n  - { id: c, when: facts.windy && inputs.loud, run: "true" }',
        head,
      ),
      ['b: ->local'],
    );
  });

  it('finds a derived role by facts, and says when it cannot', async () => {
    const runbook = `${HEAD}  lead: { of: app, where: host.leads }\nfacts: { leads: { on: app, type: boolean, ask: Does it lead? } }\nsteps:\n  - { id: a, on: lead, run: "true" }`;
    const documents = { runbooks: { 'a.runbook.yaml': runbook }, inventory: INVENTORY };
    const fact = (host: string, value: boolean): { scope: string; fact: string; host: string; value: boolean } => ({
      scope: 'main',
      fact: 'leads',
      host,
      value,
    });
    const open = await draft(documents);
    assert.deepEqual(
      open.openRoles.map((role) => role.facts.map(({ host }) => host)),
      [['app1', 'app2', 'app3']],
    );
    const facts = [fact('app1', false), fact('app2', true), fact('app3', false)];
    assert.deepEqual(paths(await planOf({ ...documents, facts })), ['a: app2']);
    const two = await draft({ ...documents, facts: [fact('app1', true), fact('app2', true), fact('app3', false)] });
    assert.match(two.problems[0]?.diagnostic.message ?? '', /must be exactly one host, and 2 hosts \(app1, app2\)/);
  });

  it('says what the inventory lacks, at its place', async () => {
    const inventory = INVENTORY.replace('vars: { url: "https://app2.example.com" }', 'vars: {}');
    const made = await draft({ runbooks: { 'a.runbook.yaml': `${HEAD}\nsteps: [ { id: a, on: app, run: "true" } ]` }, inventory });
    assert.equal(made.plan, undefined);
    assert.deepEqual(
      made.problems.map(({ diagnostic }) => diagnostic.code),
      ['missing-var'],
    );
    for (const problem of made.problems) assert.ok(problem.diagnostic.range.end > problem.diagnostic.range.start);
  });

  it('asks for an input that has no value and refuses one of the wrong type', async () => {
    const runbooks = { 'a.runbook.yaml': `${HEAD}\ninputs: { port: { type: port } }\nsteps: [ { id: a, on: app, run: "true" } ]` };
    const missing = await draft({ runbooks, inventory: INVENTORY });
    assert.match(missing.problems[0]?.diagnostic.message ?? '', /input "port" has no value; .* --set port=/);
    assert.deepEqual(missing.missingInputs, [{ name: 'port', type: 'port' }]);
    const wrong = await draft({ runbooks, inventory: INVENTORY, inputs: { port: '99999' } });
    assert.equal(wrong.problems[0]?.diagnostic.code, 'input-type');
    const unknown = await draft({ runbooks, inventory: INVENTORY, inputs: { prot: 1, port: 2 } });
    assert.equal(unknown.problems[0]?.diagnostic.code, 'undefined-input');
  });

  it('gives the same digest to the same meaning, and another to another', async () => {
    const made = async (steps: string): Promise<string> =>
      planDigest(await planOf({ runbooks: { 'a.runbook.yaml': `${HEAD}\nsteps:\n${steps}` }, inventory: INVENTORY }));
    const flow = await made('  - { id: a, on: app, run: "true" }');
    assert.equal(await made('  # a remark\n\n  - id: a\n    run: "true"\n    on: app'), flow);
    assert.notEqual(await made('  - { id: a, on: app, run: "false" }'), flow);
  });

  it('keeps the names of the runbook apart from those of a file that is used by a step called "main"', async () => {
    const inner = 'runbook: v1\nid: inner\ntitle: Inner\ninputs: { word: { type: string } }\nsteps: [ { id: say, run: "true" } ]';
    const outer = `${HEAD}\ninputs: { word: { type: string, default: ours } }\nsteps:\n  - { id: main, use: ./inner.runbook.yaml, with: { word: theirs } }\n  - { id: b, run: "true" }`;
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': outer, 'inner.runbook.yaml': inner }, inventory: INVENTORY });
    assert.deepEqual(
      [...stepsOf(plan.steps)].map((step) => [step.path, plan.scopes[step.scope]?.inputs['word']]),
      [
        ['main/say', 'theirs'],
        ['b', 'ours'],
      ],
    );
    assert.equal(plan.scopes['main']?.inputs['word'], 'ours');
  });

  it('says which condition does not fit its values', async () => {
    const runbook = `${HEAD}\ninputs: { word: { type: string, default: abc } }\nsteps: [ { id: a, on: app, when: int(inputs.word) > 1, run: "true" } ]`;
    const made = await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory: INVENTORY });
    assert.equal(made.plan, undefined);
    assert.deepEqual(
      made.problems.map(({ diagnostic }) => diagnostic.code),
      ['condition-value'],
    );
  });

  it('asks an invariant after a step wherever it stands, but not in a file that has a step of the same name', async () => {
    const inner = 'runbook: v1\nid: inner\ntitle: Inner\nsteps: [ { id: b, run: "true" } ]';
    const outer = `${HEAD}\ninvariants: [ { title: Always, at: [start, b], holds: { that: "true" } } ]\nsteps:\n  - { id: g, on: app, serial: 2, steps: [ { id: b, run: "true" } ] }\n  - { id: inside, use: ./inner.runbook.yaml }`;
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': outer, 'inner.runbook.yaml': inner }, inventory: INVENTORY });
    assert.deepEqual(plan.invariants[0]?.at, ['start', 'after:g@app1+app2/b', 'after:g@app3/b']);
  });

  it('refuses to bind more hosts to a role of a file that is used than the file knows', async () => {
    const inner = 'runbook: v1\nid: inner\ntitle: Inner\nroles: { node: { hosts: 1 } }\nsteps: [ { id: a, from: node, run: "true" } ]';
    const outer = `${HEAD}\nsteps: [ { id: inside, use: ./inner.runbook.yaml, roles: { node: app } } ]`;
    const made = await draft({ runbooks: { 'a.runbook.yaml': outer, 'inner.runbook.yaml': inner }, inventory: INVENTORY });
    assert.match(
      made.problems[0]?.diagnostic.message ?? '',
      /role "node" has 3 hosts as step "inside" uses this file, and needs exactly 1/,
    );
  });
});
