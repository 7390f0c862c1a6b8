import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planDigest } from '../../../src/planner/index.js';
import { planOf } from '../../support/drafting.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, statuses, TestEngine } from '../../support/running.js';
import type { TestRun } from '../../support/running.js';

describe('ending a run', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  const progressed = (run: TestRun): Promise<unknown> => run.event((event) => event.type === 'attempt_progress');

  it('does not repeat an act whose verification was cut short by a stop', async () => {
    const file = join(engine.directory, 'done');
    const first = await engine.start(engine.say('a', 'a', `, every: 50ms, timeout: 1m, verify: { file: { path: "${file}" } }`));
    await progressed(first);
    await first.handle.stop('enough for tonight');
    assert.deepEqual(statuses(await first.finished()), ['a: unknown']);
    await writeFile(file, '');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['a']);
  });

  it('calls a wait that was stopped cancelled, and one that took too long failed', async () => {
    const waiting = `every: 50ms, wait: { file: { path: "${join(engine.directory, 'never')}" } }`;
    const stopped = await engine.start(`  - { id: a, ${waiting} }`);
    await progressed(stopped);
    await stopped.handle.stop('enough');
    assert.deepEqual(statuses(await stopped.finished()), ['a: cancelled']);
    const late = await (await engine.start(`  - { id: a, timeout: 200ms, ${waiting} }`)).finished();
    assert.equal(late.steps['a']?.['-']?.attempts[0]?.ended?.failure?.reason, 'timeout');
  });

  it('is stopped, not failed, when it is told to stop while an invariant is asked', async () => {
    const run = await engine.start(`${engine.say('a', 'a')}\nfinally:\n${engine.say('clean', 'clean')}`, {
      more: 'invariants: [ { title: Slow, at: start, holds: { command: { run: sleep 5 } } } ]\n',
    });
    await run.event((event) => event.type === 'run_approved');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await run.handle.stop('enough');
    const state = await run.finished();
    assert.equal(state.status, 'stopped');
    assert.equal(state.closing, 'enough');
    assert.deepEqual(await engine.logged(), []);
  });

  it('says who stopped it where nobody said why', async () => {
    const run = await engine.start('  - { id: a, manual: Look at it. }', { answer: () => ({ kind: 'stop' }) });
    const state = await run.finished();
    assert.deepEqual([state.status, state.closing], ['stopped', 'pat stopped the run.']);
    const silent = await engine.start('  - { id: a, run: sleep 20 }');
    await silent.event((event) => event.type === 'attempt_intended');
    await silent.handle.stop('');
    assert.equal((await silent.finished()).closing, 'The run was stopped.');
  });

  it('does not fail over a listener that does, which is told as a warning', async () => {
    const told = new Promise<Error>((resolve) => process.once('warning', resolve));
    const run = await engine.start(engine.say('a', 'a'));
    run.handle.onEvent(() => {
      throw new Error('the window is gone');
    });
    assert.equal((await run.finished()).status, 'succeeded');
    assert.match((await told).message, /the window is gone/);
  });

  it('begins nothing more once it is told to stop', async () => {
    const run = await engine.start(`${engine.say('a', 'a', ', on: app, serial: 1, pause_between: 1m')}\n${engine.say('b', 'b')}`);
    await run.event((event) => event.type === 'attempt_ended');
    await run.handle.stop('enough');
    const state = await run.finished();
    assert.deepEqual(statuses(state), ['a one: succeeded', 'a two: pending', 'b: pending']);
    assert.equal(run.events.filter((event) => event.type === 'attempt_intended').length, 1);
  });

  it('takes no answers any more once it is told to stop', async () => {
    const run = await engine.start('  - { id: a, manual: Look at it. }', { answer: () => undefined });
    await run.event((event) => event.type === 'gate_opened');
    const stopping = run.handle.stop('enough');
    assert.throws(() => run.handle.answer(run.gates[0]?.id ?? '', { kind: 'done', evidence: [] }), /no longer open/);
    await stopping;
    assert.deepEqual(
      run.events.filter((event) => event.type === 'gate_closed'),
      [],
    );
  });

  it('does the final steps anew when it goes on, and keeps what they did before', async () => {
    const first = await engine.start(`  - { id: a, manual: Look at it. }\nfinally:\n${engine.say('clean', 'clean')}`, {
      answer: () => ({ kind: 'done', evidence: [] }),
      more: `invariants: [ { title: There, at: end, holds: { file: { path: "${join(engine.directory, 'there')}" } } } ]\n`,
    });
    assert.equal((await first.finished()).status, 'failed');
    await writeFile(join(engine.directory, 'there'), '');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['clean', 'clean']);
    assert.deepEqual(
      state.steps['clean']?.['-']?.attempts.map(({ number }) => number),
      [1, 2],
    );
  });

  it('carries out a final step when it is the only one that is asked for', async () => {
    const state = await (
      await engine.start(`${engine.say('a', 'a')}\nfinally:\n${engine.say('clean', 'clean')}`, { only: 'clean' })
    ).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['clean']);
  });

  it('keeps the output of steps whose paths look alike', async () => {
    const state = await (
      await engine.start('  - { id: a, steps: [ { id: b, run: echo inner } ] }\n  - { id: a_b, run: echo outer }')
    ).finished();
    const run = engine.engine.read(state.run);
    const kept = (step: string): string => {
      const output = state.steps[step]?.['-']?.attempts[0]?.ended?.output;
      assert.ok(output);
      assert.equal(output.dropped, 0);
      return engine.engine.outputOf(run.id, output, 5);
    };
    assert.deepEqual([kept('a/b'), kept('a_b')], ['inner', 'outer']);
  });

  it('names, before it begins further on, only what is really left out', async () => {
    const plan = await planOf({
      runbooks: {
        'a.runbook.yaml': `${LOCAL_HEAD}prerequisites: [ { id: p, title: Ask first, run: "true" } ]\nsteps: [ { id: a, title: Stop it, run: "true" }, { id: b, run: "true" } ]`,
      },
      inventory: LOCAL_INVENTORY,
    });
    const handle = await engine.engine.start({ plan, digest: planDigest(plan), facts: [], approval: 'ask', from: 'b' });
    const text = await new Promise<string>((resolve) => {
      handle.onEvent((event) => {
        if (event.type === 'gate_opened' && event.gate.kind === 'confirm') resolve(event.gate.text);
      });
    });
    await handle.stop('enough');
    assert.match(text, /will not be done: Stop it\./);
  });

  it('gives up a wait at its time limit, with what was seen last and its detail', async () => {
    const run = await engine.start('  - { id: a, wait: { command: { run: "echo not yet >&2; exit 1" } }, every: 50ms, timeout: 600ms }');
    const failure = (await run.finished()).steps['a']?.['-']?.attempts[0]?.ended?.failure;
    assert.equal(failure?.reason, 'timeout');
    assert.match(failure.message, /^still waiting: /);
    assert.match(failure.detail ?? '', /not yet/);
  });

  it('gives up a verification at its time limit, with what was seen last and its detail', async () => {
    const run = await engine.start(
      '  - { id: a, run: "true", verify: { command: { run: "echo not yet >&2; exit 1" } }, every: 50ms, timeout: 1s }',
    );
    const failure = (await run.finished()).steps['a']?.['-']?.attempts[0]?.ended?.failure;
    assert.equal(failure?.reason, 'not_verified');
    assert.match(failure.detail ?? '', /not yet/);
  });
});
