import assert from 'node:assert/strict';
import { pigeons, planDiagnostics } from './drafting.js';

const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. }, spare: { hosts: 0..1 } }\n';
const STOP = '  - { id: halt, on: app, run: "true", effects: [stop] }\n';

async function codes(
  text: string,
  code: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly (readonly [string, string])[]> {
  const found = await planDiagnostics({ 'a.runbook.yaml': HEAD + text, ...more }, code);
  return found.map(({ marked, message }) => [marked, message]);
}

describe('stop-without-start', () => {
  it('tells of a host that stays stopped or isolated', async () => {
    const [[marked, message] = []] = await codes(`steps:\n${STOP}`, 'stop-without-start');
    assert.equal(marked, 'halt');
    assert.match(message ?? '', /"halt" stops app, and nothing afterwards starts or boots it; add the step/);
    const isolate = await codes('steps:\n  - { id: out, on: app, run: "true", effects: [isolate] }', 'stop-without-start');
    assert.match(isolate[0]?.[1] ?? '', /"out" isolates app, and nothing afterwards rejoins it;/);
  });

  it('is content with a start, a boot, or an end of the host', async () => {
    for (const effect of ['start', 'boot', 'destroy'])
      assert.deepEqual(
        await codes(`steps:\n${STOP}  - { id: on_again, on: app, run: "true", effects: [${effect}] }`, 'stop-without-start'),
        [],
        effect,
      );
    const before = `steps:\n  - { id: on_again, on: app, run: "true", effects: [start] }\n${STOP}`;
    assert.equal((await codes(before, 'stop-without-start')).length, 1);
  });

  it('tells when a start may be left out', async () => {
    const found = await codes(
      `facts: { windy: { type: boolean, ask: Windy? } }\nsteps:\n${STOP}  - { id: on_again, on: app, when: facts.windy, run: "true", effects: [start] }`,
      'stop-without-start',
    );
    assert.match(found[0]?.[1] ?? '', /where not \(facts\.windy\)/);
  });

  it('looks through what comes next, by the names of roles, unless that never comes or may be left out', async () => {
    const after = (on: string): Record<string, string> => ({
      'after.runbook.yaml': `runbook: v1\nid: after\ntitle: After\nroles: { app: { hosts: 1.. }, spare: { hosts: 0..1 } }\nprocedures:\n  up:\n    - { id: up, run: "true", effects: [start] }\nsteps:\n  - { id: all, on: ${on}, use: "#up" }\n`,
    });
    const inputs = 'inputs: { go_on: { type: boolean, default: false } }\n';
    const next = (when: string): string => `${inputs}steps:\n${STOP}next: [ { use: ./after.runbook.yaml${when} } ]`;
    assert.deepEqual(await codes(next(''), 'stop-without-start', after('app')), []);
    assert.deepEqual(await codes(next(', when: inputs.go_on'), 'stop-without-start', after('app')), []);
    assert.equal((await codes(next(', when: "1 > 2"'), 'stop-without-start', after('app'))).length, 1);
    assert.equal((await codes(next(''), 'stop-without-start', after('spare'))).length, 1);
    const optional = { 'after.runbook.yaml': after('app')['after.runbook.yaml']?.replace('id: up,', 'id: up, optional: true,') ?? '' };
    assert.equal((await codes(next(''), 'stop-without-start', optional)).length, 1);
  });
});

describe('unreachable-step', () => {
  it('tells of a step that no variant has, and of a group once', async () => {
    const text = `inputs: { mode: { type: choice, options: [slow, fast] } }
steps:
  - { id: never, when: 'inputs.mode == "slow" && inputs.mode == "fast"', on: app, run: "true" }
  - { id: sometimes, when: 'inputs.mode == "slow"', on: app, run: "true" }
  - { id: group, when: 'inputs.mode != "slow" && inputs.mode != "fast"', steps: [ { id: inner, on: app, run: "true" } ] }
  - { id: with_spare, on: spare, run: "true" }
`;
    assert.deepEqual(
      (await codes(text, 'unreachable-step')).map(([marked]) => marked),
      ['never', 'group'],
    );
  });

  it('looks into the files that are used', async () => {
    const inner = `runbook: v1\nid: inner\ntitle: Inner\ninputs: { quick: { type: boolean } }\nsteps:\n  - { id: quick, when: inputs.quick, run: "true" }\n  - { id: slow, when: '!inputs.quick', run: "true" }\n`;
    const found = await planDiagnostics(
      { 'a.runbook.yaml': `${HEAD}steps: [ { id: all, use: ./inner.runbook.yaml, with: { quick: true } } ]`, 'inner.runbook.yaml': inner },
      'unreachable-step',
    );
    assert.deepEqual(
      found.map(({ file, marked, severity }) => [file, marked, severity]),
      [['inner.runbook.yaml', 'slow', 'warning']],
    );
  });
});

describe('empty-order', () => {
  it('tells of an order about nothing', async () => {
    const order = (then: string): string => `order:\n  - { first: { stop: app }, then: { ${then}: app } }\nsteps:\n${STOP}`;
    const [[, message] = []] = await codes(order('upgrade'), 'empty-order');
    assert.match(message ?? '', /the order "stop of app before upgrade of app" is about nothing/);
    assert.deepEqual(await codes(order('stop'), 'empty-order'), []);
  });
});

describe('order-unprovable', () => {
  it('tells when only pairs were tried', async () => {
    const names = Array.from({ length: 13 }, (_, index) => `i${String(index)}`);
    const inputs = `inputs:\n${names.map((name) => `  ${name}: { type: boolean, default: false }`).join('\n')}\n`;
    const steps = names.map((name) => `  - { id: step_${name}, when: inputs.${name}, on: app, run: "true" }`).join('\n');
    const order = 'order: [ { first: { backup: app }, then: { stop: app } } ]\n';
    const text = `${inputs}${order}steps:\n${steps}\n  - { id: save, on: app, run: "true", effects: [backup] }\n`;
    const found = await planDiagnostics({ 'a.runbook.yaml': HEAD + text }, 'order-unprovable');
    assert.deepEqual(
      found.map(({ severity, marked }) => [severity, marked.includes('first: { backup: app }')]),
      [['information', true]],
    );
  });

  it('tells of so many broken orders only, and that there may be more', async () => {
    const orders = Array.from({ length: 300 }, (_, at) => `  - { first: { stop: app }, then: { start: app }, because: B${String(at)}. }\n`);
    const steps = Array.from({ length: 100 }, (_, at) => `  - { id: s${String(at)}, on: app, run: "true", effects: [stop, start] }\n`);
    const text = `${HEAD}order:\n${orders.join('')}steps:\n${steps.join('')}`;
    const broken = await planDiagnostics({ 'a.runbook.yaml': text }, 'order-broken');
    assert.ok(broken.length > 1000 && broken.length < 4000, String(broken.length));
    const [unproven] = await planDiagnostics({ 'a.runbook.yaml': text }, 'order-unprovable');
    assert.match(unproven?.message ?? '', /this order, and perhaps those after it, are not proven/);
  }).timeout(30_000);

  it('tells of what is open in a plan where that is the reason', async () => {
    const { facts, steps } = pigeons(7);
    const order = 'order: [ { first: { backup: db }, then: { upgrade: app }, because: B. } ]\n';
    const text = `runbook: v1\nid: a\ntitle: A\nroles: { app: { hosts: 1 }, db: { hosts: 1 } }\nfacts:\n${facts}${order}steps:\n${steps}  - { id: go, on: app, run: "true", effects: [upgrade] }\n`;
    const found = await planDiagnostics({ 'a.runbook.yaml': text }, 'order-unprovable');
    assert.deepEqual(
      found.map(({ message }) => message.startsWith('there are too many open conditions to try all:')),
      [true],
    );
  });
});
