import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { OrderProof } from '../../../src/planner/index.js';
import { inventoryOf, pigeons, planDiagnostics, proofOf } from './drafting.js';

const INVENTORY = inventoryOf({ app: ['app1', 'app2'], db: ['db1'] });
const HEAD = `
runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 0.. }, db: { hosts: 0.. } }
facts:
  windy: { type: boolean, ask: Is it windy? }
  mode: { type: choice, options: [slow, fast], ask: Which mode? }
  installed: { on: [app, db], type: version, ask: Which version? }
`;

async function prove(order: string, steps: string, more = ''): Promise<OrderProof> {
  return proofOf(`${HEAD}${more}\norder:\n  - ${order}\nsteps:\n${steps}`, INVENTORY);
}

async function verdict(order: string, steps: string): Promise<string | undefined> {
  return (await prove(order, steps)).orders[0]?.verdict;
}

function act(id: string, on: string, effects: string, more = ''): string {
  return `  - { id: ${id}, on: ${on}, run: "true", effects: [${effects}]${more} }\n`;
}

const BACKUP_FIRST = '{ first: { backup: db }, then: { upgrade: app }, because: Nothing can be restored otherwise. }';
const STOP_FIRST = '{ first: { stop: app }, then: { upgrade: app } }';

describe('proveOrders', () => {
  it('accepts the right order and rejects it turned round, with the step, the hosts and the trace', async () => {
    assert.equal(await verdict(BACKUP_FIRST, act('save', 'db', 'backup') + act('install', 'app', 'upgrade')), 'proven');
    const proof = await prove(BACKUP_FIRST, act('install', 'app', 'upgrade') + act('save', 'db', 'backup'));
    const [violation, ...more] = proof.violations;
    assert.equal(more.length, 0);
    assert.equal(violation?.step.path, 'install');
    assert.deepEqual(violation.hosts, ['app1', 'app2']);
    assert.deepEqual(violation.missing, [{ effect: 'backup', hosts: ['db1'], undone: false, later: 'save' }]);
    assert.equal(violation.text, '"install" (app1, app2) → upgrade (app1, app2) comes before backup (db1), which only "save" does');
    assert.deepEqual(violation.when, []);
  });

  it('finds what is missing altogether', async () => {
    const proof = await prove(BACKUP_FIRST, act('install', 'app', 'upgrade'));
    assert.match(proof.violations[0]?.text ?? '', /comes before backup \(db1\), which never happens$/);
  });

  it('names the first of many hosts', async () => {
    const hosts = Array.from({ length: 9 }, (_, index) => `app${String(index + 1)}`);
    const text = `${HEAD}\norder: [ ${BACKUP_FIRST} ]\nsteps:\n${act('install', 'app', 'upgrade')}`;
    const proof = await proofOf(text, inventoryOf({ app: hosts, db: ['db1'] }));
    assert.equal(proof.violations[0]?.hosts.length, 9);
    assert.match(proof.violations[0].text, /upgrade \(app1, app2, app3, app4, app5 and 4 more\) comes before/);
  });

  it('has nothing to prove where a role has no hosts or nothing does what must wait', async () => {
    const steps = act('install', 'app', 'upgrade');
    const noDb = await proofOf(`${HEAD}\norder: [ ${BACKUP_FIRST} ]\nsteps:\n${steps}`, inventoryOf({ app: ['app1'] }));
    assert.equal(noDb.orders[0]?.verdict, 'proven');
    assert.equal(await verdict(BACKUP_FIRST, act('save', 'db', 'backup')), 'empty');
  });

  it('does not count an effect of the very step that must wait', async () => {
    assert.equal(await verdict(STOP_FIRST, act('both', 'app', 'stop, upgrade')), 'broken');
  });

  it('takes hosts that a step works on at the same time as unordered, and one by one in order', async () => {
    const order = '{ first: { upgrade: db }, then: { upgrade: app } }';
    assert.equal(await verdict(order, act('install', '[db, app]', 'upgrade')), 'broken');
    assert.equal(await verdict(order, act('install', '[db, app]', 'upgrade', ', serial: 1')), 'proven');
    assert.equal(await verdict(order, act('install', '[app, db]', 'upgrade', ', serial: 1')), 'broken');
  });

  it('asks on the host itself whether it is still stopped', async () => {
    const stopped = act('stop', 'app', 'stop');
    assert.equal(await verdict(STOP_FIRST, stopped + act('install', 'app', 'upgrade') + act('start', 'app', 'start')), 'proven');
    const proof = await prove(STOP_FIRST, stopped + act('start', 'app', 'start') + act('install', 'app', 'upgrade'));
    assert.match(proof.violations[0]?.text ?? '', /comes before stop \(app1, app2\) is in force again, which "start" has ended/);
    assert.equal(proof.violations[0]?.missing[0]?.undone, true);
  });

  it('lets another host be started again, once it was stopped', async () => {
    const steps =
      act('stop', 'app', 'stop') +
      '  - { id: each, on: app, serial: 1, steps: [ { id: install, run: "true", effects: [upgrade] }, { id: start, run: "true", effects: [start] } ] }\n';
    assert.equal(await verdict(STOP_FIRST, steps), 'proven');
  });

  it('proves host by host where the order says so', async () => {
    const steps =
      '  - { id: each, on: app, serial: 1, steps: [ { id: stop, run: "true", effects: [stop] }, { id: install, run: "true", effects: [upgrade] } ] }\n';
    assert.equal(await verdict(STOP_FIRST, steps), 'broken');
    assert.equal(await verdict('{ first: { stop: app }, then: { upgrade: app }, per: host }', steps), 'proven');
  });

  it('lets a staged effect happen at the next boot, and only once', async () => {
    const staged = '  - { id: stage, on: app, run: "true", stages: [upgrade] }\n';
    const boot = '  - { id: boot, on: app, reboot: {} }\n';
    const saved = act('save', 'db', 'backup');
    assert.equal(await verdict(BACKUP_FIRST, staged + saved + boot), 'proven');
    assert.equal(await verdict(BACKUP_FIRST, boot + saved + staged), 'proven');
    const proof = await prove(BACKUP_FIRST, staged + boot + saved);
    assert.equal(proof.violations[0]?.step.path, 'boot');
    assert.match(proof.violations[0].text, /^"stage" \(app1, app2\) stages upgrade → "boot" .* → boots → staged upgrade takes effect/);
    assert.deepEqual(
      proof.violations[0].trace.map(({ path, takesEffect }) => [path, takesEffect]),
      [
        ['stage', []],
        ['boot', ['upgrade']],
      ],
    );
  });

  it('takes an optional step and one under an open condition as perhaps absent', async () => {
    const install = act('install', 'app', 'upgrade');
    assert.equal(await verdict(BACKUP_FIRST, act('save', 'db', 'backup', ', optional: true') + install), 'broken');
    const open = await prove(BACKUP_FIRST, act('save', 'db', 'backup', ', when: facts.windy') + install);
    assert.deepEqual(open.violations[0]?.when, ['not (facts.windy)']);
  });

  it('knows which conditions go together', async () => {
    const save = (when: string): string => act('save', 'db', 'backup', `, when: '${when}'`);
    const install = (when: string): string => act('install', 'app', 'upgrade', `, when: '${when}'`);
    const both = (first: string, then: string): Promise<string | undefined> => verdict(BACKUP_FIRST, save(first) + install(then));
    assert.equal(await both('facts.windy', 'facts.windy'), 'proven');
    assert.equal(await both('facts.windy', '!facts.windy'), 'broken');
    assert.equal(await both('!(facts.windy && facts.mode == "fast")', '!facts.windy'), 'proven');
    assert.equal(await both('facts.mode in ["slow", "fast"]', 'facts.windy'), 'proven');
    assert.equal(await both('facts.mode != "slow"', 'facts.mode == "fast"'), 'proven');
    assert.equal(await both('hosts.db.all(one, one.installed < version("7.0"))', 'facts.windy'), 'broken');
  });

  it('compares versions in classes, by host', async () => {
    const order = '{ first: { stop: app }, then: { upgrade: app }, per: host }';
    const steps = (first: string, then: string): string =>
      act('stop', 'app', 'stop', `, when: 'host.installed ${first}'`) +
      act('install', 'app', 'upgrade', `, when: 'host.installed ${then}'`);
    assert.equal(await verdict(order, steps('< version("7.0")', '< version("6.0")')), 'proven');
    assert.equal(await verdict(order, steps('< version("6.0")', '< version("7.0")')), 'broken');
    const proof = await prove(order, steps('!= version("6.0")', '<= version("6.0")'));
    assert.deepEqual(proof.violations[0]?.when, ['installed of app1 is 6.0']);
  });

  it('finds the one of many combinations that breaks', async () => {
    const facts = Array.from({ length: 30 }, (_, index) => `f${String(index)}`);
    const more = facts.map((fact) => `\n  ${fact}: { type: boolean, ask: Yes or no? }`).join('');
    const any = facts.map((fact, index) => (index % 2 === 0 ? `facts.${fact}` : `!facts.${fact}`)).join(' || ');
    const proof = await prove(BACKUP_FIRST, act('save', 'db', 'backup', `, when: '${any}'`) + act('install', 'app', 'upgrade'), more);
    assert.equal(proof.orders[0]?.verdict, 'broken');
    assert.equal(proof.pairwise, false);
    assert.equal(proof.violations[0]?.when.length, 30);
  });

  it('does not call proven what takes too long to try, and says that only pairs were tried', async () => {
    const few = pigeons(2);
    assert.equal((await prove(BACKUP_FIRST, few.steps + act('install', 'app', 'upgrade'), `\n${few.facts}`)).orders[0]?.verdict, 'proven');
    const many = pigeons(7);
    const proof = await prove(BACKUP_FIRST, many.steps + act('install', 'app', 'upgrade'), `\n${many.facts}`);
    assert.equal(proof.pairwise, true);
    assert.equal(proof.orders[0]?.verdict, 'unproven');
  }).timeout(20_000);
});

describe('orders over all variants', () => {
  it('rejects a procedure that is reused literally, with the trace and the use that led there', async () => {
    const text = await readFile('test/fixtures/proof/search_nodes.runbook.yaml', 'utf8');
    const [broken, ...more] = await planDiagnostics({ 'a.runbook.yaml': text }, 'order-broken');
    assert.equal(more.length, 0);
    assert.equal(broken?.severity, 'error');
    assert.equal(broken.marked, 'reboot');
    assert.match(broken.message, /step "whole_pair\/reboot", reached by use "#upload..start_other"/);
    assert.match(broken.message, /breaks the order "upgrade of minion before upgrade of primary" \(Manual of the appliance, line 87\)/);
    assert.match(
      broken.message,
      /boots → staged upgrade takes effect \(primary\) comes before upgrade \(minion\), which only "minions@minion\/boot" does/,
    );
    assert.match(broken.message, /with primary 1, secondary 0, minion 1 · linux\. A search node that meets an upgraded primary/);
    assert.deepEqual(
      broken.related?.map(({ message }) => message),
      ['the order it breaks: "upgrade of minion before upgrade of primary"', 'reached by use "#upload..start_other"'],
    );
  });

  it('accepts it in the order it must mean', async () => {
    const text = await readFile('test/fixtures/proof/search_nodes.runbook.yaml', 'utf8');
    const whole = /^ {2}- \{ id: whole_pair.*$/m;
    const first = "  - { id: set_pair, title: Steps 1 to 5, use: '#upload..stop_other' }";
    const last = "  - { id: finish_pair, title: Steps 6 to 11, use: '#reboot..start_other' }";
    assert.match(text, whole);
    const right = `${text.replace(whole, first)}${last}\n`;
    assert.deepEqual(await planDiagnostics({ 'a.runbook.yaml': right }, 'order-broken'), []);
    assert.deepEqual(await planDiagnostics({ 'a.runbook.yaml': right }, 'stop-without-start'), []);
  });

  it('finds what breaks in one variant only, through two files', async () => {
    const role = 'roles: { server: { hosts: 1.. } }';
    const inner = `runbook: v1
id: inner
title: Inner
${role}
inputs: { quick: { type: boolean } }
procedures:
  install:
    - { id: go, title: Install, on: server, run: "true", effects: [upgrade] }
steps:
  - { id: early, title: At once, when: inputs.quick, use: "#install" }
  - { id: save, title: Back up, on: server, run: "true", effects: [backup] }
  - { id: late, title: Afterwards, when: '!inputs.quick', use: "#install" }
`;
    const outer = `runbook: v1
id: outer
title: Outer
${role}
inputs: { quick: { type: boolean, default: false } }
order: [ { first: { backup: server }, then: { upgrade: server }, because: A failed upgrade needs it. } ]
steps:
  - { id: all, title: All of it, use: ./inner.runbook.yaml, with: { quick: '\${{ inputs.quick }}' } }
`;
    const found = await planDiagnostics({ 'a.runbook.yaml': outer, 'inner.runbook.yaml': inner }, 'order-broken');
    assert.deepEqual(
      found.map(({ file, marked }) => [file, marked]),
      [['inner.runbook.yaml', 'go']],
    );
    assert.match(found[0]?.message ?? '', /reached by use "\.\/inner\.runbook\.yaml" → "#install"/);
    assert.match(found[0]?.message ?? '', /with server 1 · linux · quick true\. A failed upgrade needs it/);
    assert.deepEqual(
      found[0]?.related?.map(({ file }) => file),
      ['/work/a.runbook.yaml', '/work/a.runbook.yaml', '/work/inner.runbook.yaml'],
    );
  });

  it('tells of a swap of two steps exactly when an order breaks', async () => {
    const steps = [
      act('note', 'app', 'configure'),
      act('save', 'db', 'backup'),
      act('install', 'app', 'upgrade'),
      act('clean', 'app', 'configure'),
    ];
    for (let at = 0; at + 1 < steps.length; at++) {
      const swapped = [...steps];
      [swapped[at], swapped[at + 1]] = [steps[at + 1] ?? '', steps[at] ?? ''];
      const text = `${HEAD}\norder: [ ${BACKUP_FIRST} ]\nsteps:\n${swapped.join('')}`;
      assert.equal((await planDiagnostics({ 'a.runbook.yaml': text }, 'order-broken')).length, at === 1 ? 1 : 0, `swap at ${String(at)}`);
    }
  });
});
