import assert from 'node:assert/strict';
import type { Failure } from '../../../src/events/index.js';
import { LOCAL_HEAD, statuses, TestEngine } from '../../support/running.js';
import type { StartWith } from '../../support/running.js';

describe('the reason of a step that fails', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  async function failureOf(step: string, options: StartWith = {}): Promise<Failure> {
    const state = await (await engine.start(`  - ${step}`, options)).finished();
    const failure = Object.values(state.steps['a'] ?? {})[0]?.attempts[0]?.ended?.failure;
    assert.ok(failure, state.closing);
    return failure;
  }

  it('names the secret that nobody gave', async () => {
    const failure = await failureOf('{ id: a, become: { password: door }, run: "true" }', {
      more: 'secrets: { door: { title: The key } }\n',
    });
    assert.deepEqual([failure.reason, failure.next], ['secret', 'Provide it, then try again.']);
    assert.match(failure.message, /"door"/);
  });

  it('names the value that cannot be worked out', async () => {
    const failure = await failureOf('{ id: a, args: ["${{ [1][inputs.n] }}"], run: "true" }', {
      more: 'inputs: { n: { type: integer, default: 4 } }\n',
    });
    assert.equal(failure.reason, 'value');
    assert.match(failure.message, /^A value of the step cannot be worked out: /);
  });

  it('is that time is up, in words that fit', async () => {
    const failure = await failureOf('{ id: a, run: sleep 30, timeout: 1s }');
    assert.equal(failure.reason, 'timeout');
    assert.match(failure.message, /^It took longer than 1 seconds?\. /);
  });

  it('is that a fault is ours, where it is', async () => {
    const failure = await failureOf('{ id: a, run: "true" }', {
      altered: (plan) => ({
        ...plan,
        steps: plan.steps.map((node) => (node.kind === 'group' ? node : { ...node, action: 'http' as const })),
      }),
    });
    assert.equal(failure.reason, 'internal');
    assert.match(failure.message, /^internal error: /);
  });

  it('is none where a person was asked and the run is stopped: the step is cancelled', async () => {
    const run = await engine.start('  - { id: a, manual: Look at it. }', { answer: () => undefined });
    await run.event(({ type }) => type === 'gate_opened');
    await run.handle.stop('enough');
    assert.deepEqual(statuses(await run.finished()), ['a: cancelled']);
  });
});

describe('what a run carries out', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('is a part of a group, where only that is asked for, or it begins there', async () => {
    const steps = `  - { id: g, steps: [ { id: h, steps: [ ${engine.say('x').trim().slice(2)} ] }, ${engine.say('y').trim().slice(2)} ] }\n${engine.say('z')}`;
    await (await engine.start(steps, { only: 'g/h' })).finished();
    assert.deepEqual(await engine.logged(), ['x']);
    await (await engine.start(steps, { from: 'g/y' })).finished();
    assert.deepEqual(await engine.logged(), ['x', 'y', 'z']);
    await (await engine.start(steps, { from: 'g' })).finished();
    assert.deepEqual((await engine.logged()).slice(3), ['x', 'y', 'z']);
  });

  it('begins with the prerequisites all the same, where it begins further on', async () => {
    const runbook = `${LOCAL_HEAD}prerequisites:\n${engine.say('p')}\nsteps:\n${engine.say('a')}\n${engine.say('b')}\n`;
    const run = await engine.start('', { documents: { runbooks: { 'a.runbook.yaml': runbook } }, from: 'b' });
    await run.finished();
    assert.deepEqual(await engine.logged(), ['p', 'b']);
  });

  it('waits between hosts and between the batches of a group', async () => {
    const started = performance.now();
    const steps = `${engine.say('a', '${{ host.name }}', ', on: app, serial: 1, pause_between: 400ms')}
  - { id: g, on: app, serial: 1, pause_between: 400ms, steps: [ ${engine.say('b', '${{ host.name }}').trim().slice(2)} ] }`;
    const state = await (await engine.start(steps)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['one', 'two', 'one', 'two']);
    assert.ok(performance.now() - started >= 800);
  });

  it('is a failure where its last words do not hold, with the reason of the runbook', async () => {
    const closing = async (invariant: string): Promise<string> =>
      (
        await (
          await engine.start('  - { id: a, run: "true" }', { more: `invariants: [ { title: All well, at: end, ${invariant} } ]\n` })
        ).finished()
      ).closing ?? '';
    assert.match(
      await closing('holds: { that: "1 == 2" }, because: They share a database.'),
      /^"All well" does not hold: .* They share a database\.$/,
    );
    assert.match(await closing('holds: { http: { url: "http://169.254.169.254/" } }'), /^"All well" could not be told: /);
  });

  it('is a failure where only its final steps fail', async () => {
    const run = await engine.start('  - { id: a, run: "true" }', { more: 'finally: [ { id: clean, run: exit 4 } ]\n' });
    const state = await run.finished();
    assert.equal(state.status, 'failed');
    assert.deepEqual(statuses(state), ['a: succeeded', 'clean: failed']);
  });

  it('ends with what to run next, where that is so or nobody can tell', async () => {
    const other = (id: string): string => `runbook: v1\nid: ${id}\ntitle: ${id}\nsteps: [ { id: s, run: "true" } ]\n`;
    const runbook = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1.. } }
inputs: { n: { type: integer, default: 4 } }
steps: [ { id: a, run: "true" } ]
next:
  - { use: ./b.runbook.yaml }
  - { use: ./c.runbook.yaml, title: Tidy up, when: inputs.n == 4 }
  - { use: ./b.runbook.yaml, title: Never, when: inputs.n == 5 }
  - { use: ./c.runbook.yaml, title: Perhaps, when: "[1][inputs.n] == 1" }
`;
    const run = await engine.start('', {
      documents: { runbooks: { 'a.runbook.yaml': runbook, 'b.runbook.yaml': other('b'), 'c.runbook.yaml': other('c') } },
    });
    await run.finished();
    const closed = run.events.at(-1);
    assert.ok(closed?.type === 'run_closed');
    assert.deepEqual(closed.next.length, 3);
    assert.match(closed.next.join('\n'), /b\.runbook\.yaml[^]*\nTidy up \(.*c\.runbook\.yaml\)\nPerhaps \(/);
  });
});
