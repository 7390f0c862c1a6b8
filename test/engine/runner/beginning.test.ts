import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gate } from '../../../src/events/index.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, statuses, TestEngine } from '../../support/running.js';
import type { Answers, StartWith } from '../../support/running.js';

const DAY_MS = 24 * 3600_000;

/** A one-off period, by its distance from now in milliseconds. */
function period(from: number, to: number): string {
  const at = (offset: number): string => new Date(Math.ceil((Date.now() + offset) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  return `{ from: "${at(from)}", to: "${at(to)}", because: agreed }`;
}

describe('between prerequisites and steps', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  function started(inventory: string, answer: Answers, more: Partial<StartWith> & { prerequisites?: string; steps?: string } = {}) {
    const { prerequisites = engine.say('before', 'before'), steps = engine.say('a', 'a'), ...rest } = more;
    const runbook = `${LOCAL_HEAD}prerequisites:\n${prerequisites}\nsteps:\n${steps}`;
    return engine.start('', {
      ...rest,
      answer,
      documents: { runbooks: { 'a.runbook.yaml': runbook }, inventory: LOCAL_INVENTORY + inventory },
    });
  }

  it('waits where no window is open, and says why; prerequisites are done by then', async () => {
    const run = await started(`windows: [ ${period(DAY_MS, 2 * DAY_MS)} ]\n`, () => ({ kind: 'stop', why: 'too early' }));
    const state = await run.finished();
    assert.equal(state.status, 'stopped');
    assert.deepEqual(await engine.logged(), ['before']);
    const [gate] = run.gates;
    assert.ok(gate?.kind === 'window');
    assert.match(gate.text, /may not begin on here now: now is outside of every window/);
    assert.doesNotMatch(gate.text, /by itself/, 'whether a run waits is told by those who let it');
    assert.equal(Math.round((Date.parse(gate.opensAt ?? '') - Date.now()) / DAY_MS), 1);
  });

  it('goes on by itself when the window opens', async () => {
    const run = await started(`windows: [ ${period(2_500, DAY_MS)} ]\n`, () => undefined);
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    const closed = run.events.find((event) => event.type === 'gate_closed');
    assert.ok(closed?.type === 'gate_closed' && closed.answer.kind === 'withdrawn');
    assert.notEqual(closed.by, 'pat');
    assert.deepEqual(await engine.logged(), ['before', 'a']);
  });

  it('waits where what is to be done does not fit', async () => {
    const run = await started(`windows: [ ${period(-1000, 60_000)} ]\n`, () => ({ kind: 'stop' }), {
      steps: engine.say('a', 'a', ', estimate: 2h'),
    });
    await run.finished();
    assert.match((run.gates[0] as Gate & { kind: 'window' }).text, /takes about 2 h/);
  });

  it('begins all the same for a reason, which is kept, and never without one', async () => {
    const run = await started(`blackouts: [ ${period(-1000, DAY_MS)} ]\n`, (gate) => {
      assert.throws(() => run.handle.answer(gate.id, { kind: 'begin', why: ' ' }), /reason/);
      return { kind: 'begin', why: 'the vendor waits' };
    });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded');
    assert.ok(state.remarks.some(({ text }) => /pat began although .*: the vendor waits$/.test(text)));
    assert.deepEqual(
      state.closedGates.map(({ answer }) => answer),
      [{ kind: 'begin', why: 'the vendor waits' }],
    );
  });

  it('only remarks on it where the steps have begun already', async () => {
    const file = join(engine.directory, 'there');
    const steps = `${engine.say('a', 'a')}\n  - { id: b, env: { F: "${file}" }, run: 'cat "$F"' }`;
    const first = await started(`windows: [ ${period(-1000, 3_000)} ]\n`, () => ({ kind: 'stop' }), { steps });
    assert.equal((await first.finished()).status, 'failed');
    await writeFile(file, '');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const again = await engine.resume(first.handle.run);
    const state = await again.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(again.gates, []);
    assert.ok(state.remarks.some(({ text }) => /have begun and are gone on with/.test(text)));
  });

  it('does a prerequisite again that is older than it counts, before the first step', async () => {
    const prerequisites = `${engine.say('backup', 'backup', ', valid_for: 1s')}\n${engine.say('other', 'other')}`;
    const run = await started(`windows: [ ${period(3_000, DAY_MS)} ]\n`, () => undefined, { prerequisites });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['backup', 'other', 'backup', 'a']);
    const reopened = run.events.flatMap((event) => (event.type === 'reopened' ? [[event.step, event.why !== undefined]] : []));
    assert.deepEqual(reopened, [['backup', true]]);
  });

  it('looks again at one that was found done longer ago than it counts, and at none that was not needed', async () => {
    const there = join(engine.directory, 'there');
    await writeFile(there, '');
    const prerequisites = `${engine.say('backup', 'backup', `, valid_for: 1s, unless: { file: { path: "${there}" } }`)}\n${engine.say('other', 'other', ', valid_for: 1s, when: "1 == 2 || inputs.deep"')}`;
    const run = await started(`windows: [ ${period(3_000, DAY_MS)} ]\n`, () => undefined, {
      prerequisites: `${prerequisites}\ninputs: { deep: { type: boolean, default: false } }`,
    });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['a']);
    const reopened = run.events.flatMap((event) => (event.type === 'reopened' ? [event.step] : []));
    assert.deepEqual(reopened, ['backup']);
  });

  it('does it again at resume, but not once a step has acted', async () => {
    const file = join(engine.directory, 'there');
    const steps = `  - { id: first, manual: Go? }\n${engine.say('a', 'a')}\n  - { id: b, env: { F: "${file}" }, run: 'cat "$F"' }`;
    const prerequisites = engine.say('backup', 'backup', ', valid_for: 1s');
    const run = await started(`windows: [ ${period(DAY_MS, 2 * DAY_MS)} ]\n`, () => ({ kind: 'stop' }), { prerequisites, steps });
    await run.finished();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const going: Answers = (gate) =>
      gate.kind === 'window' ? { kind: 'begin', why: 'now' } : gate.kind === 'manual' ? { kind: 'done', evidence: [] } : { kind: 'stop' };
    const second = await engine.resume(run.handle.run, { answer: going });
    assert.equal((await second.finished()).status, 'failed');
    assert.deepEqual(await engine.logged(), ['backup', 'backup', 'a']);
    await writeFile(file, '');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal((await (await engine.resume(run.handle.run)).finished()).status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['backup', 'backup', 'a']);
  });

  it('ends a run whose prerequisites take longer than they count', async () => {
    const prerequisites =
      '  - { id: backup, run: sleep 0.3, valid_for: 100ms }\n  - { id: other, run: sleep 0.3 }\n  - { id: late, run: sleep 0.3, valid_for: 100ms }';
    const state = await (await started('', () => undefined, { prerequisites })).finished();
    assert.equal(state.status, 'failed');
    assert.match(state.closing ?? '', /"(backup|late)" counts for a shorter time than the prerequisites take/);
  });

  it('goes on at once where nothing is declared', async () => {
    const run = await started('', () => undefined);
    assert.equal((await run.finished()).status, 'succeeded');
    assert.deepEqual(run.gates, []);
    assert.deepEqual(statuses(run.handle.state), ['before: succeeded', 'a: succeeded']);
  });
});
