import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statuses, TestEngine } from '../../support/running.js';
import type { Answers } from '../../support/running.js';

describe('what cannot be told', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  /** A probe that gives no answer: a look does not ask people. */
  const NOBODY = 'that: facts.nobody == "here"';
  const more = 'facts: { nobody: { type: string, ask: Who? } }\n';

  it('does not perform a step silently whose "unless" gave no answer', async () => {
    const run = await engine.start(engine.say('a', 'a', `, unless: { ${NOBODY} }`), { more });
    const state = await run.finished();
    assert.equal(state.status, 'failed');
    assert.deepEqual(await engine.logged(), []);
    assert.match(state.closing ?? '', /pat stopped/);
    const [gate] = run.gates;
    assert.ok(gate?.kind === 'doubt');
    assert.match(gate.text, /^Could not tell whether "a" is done already/);
  });

  it('looks again, performs or leaves out as the person decides', async () => {
    let asked = 0;
    const answers: Answers = () => (asked++ === 0 ? { kind: 'retry' } : { kind: 'perform', why: 'I looked' });
    const run = await engine.start(engine.say('a', 'a', `, unless: { ${NOBODY} }`), { more, answer: answers });
    await run.finished();
    assert.equal(asked, 2);
    assert.deepEqual(await engine.logged(), ['a']);
    const left = await engine.start(engine.say('b', 'b', `, unless: { ${NOBODY} }`), {
      more,
      answer: () => ({ kind: 'skip', why: 'it is there' }),
    });
    const state = await left.finished();
    assert.equal(state.status, 'succeeded');
    const { reason, text, by } = state.steps['b']?.['-']?.skipped ?? {};
    assert.deepEqual([reason, text, by], ['operator', 'it is there', 'pat']);
    assert.deepEqual(await engine.logged(), ['a']);
  });

  const YIELDS = `  - { id: look, when: "1 == 2 || inputs.deep", run: echo 7, outputs: { number: { type: integer, value: stdout.trim() } } }`;
  const DEEP = 'inputs: { deep: { type: boolean, default: false } }\n';

  it('asks about a "when" over the value of a step that has none, instead of ending the run', async () => {
    const run = await engine.start(`${YIELDS}\n${engine.say('a', 'a', ', when: steps.look.number == 7')}`, {
      more: DEEP,
      answer: (gate) => (gate.kind === 'doubt' ? { kind: 'perform', why: 'it was seven' } : { kind: 'stop' }),
    });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(
      run.gates.map((gate) => [gate.kind, 'text' in gate && /cannot be decided/.test(gate.text)]),
      [['doubt', true]],
    );
    assert.deepEqual(await engine.logged(), ['a']);
  });

  it('asks once for a whole group, and keeps the decision with its name', async () => {
    const group = `  - { id: g, when: steps.look.number == 7, steps: [ { id: x, on: app, run: "true" }, { id: y, run: "true" } ] }`;
    const run = await engine.start(`${YIELDS}\n${group}`, { more: DEEP, answer: () => ({ kind: 'skip', why: 'not here' }) });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.equal(run.gates.length, 1);
    const decided = run.events.filter((event) => event.type === 'group_decided');
    assert.deepEqual(
      decided.map((event) => event.type === 'group_decided' && [event.group, event.holds, event.by]),
      [['g', false, 'pat']],
    );
    assert.deepEqual(
      statuses(state).filter((line) => line.startsWith('g/')),
      ['g/x one: skipped', 'g/x two: skipped', 'g/y: skipped'],
    );
  });

  it('reads at resume what a probe had read before', async () => {
    const [file, fixed] = [join(engine.directory, 'mode'), join(engine.directory, 'fixed')];
    await writeFile(file, 'old');
    const more = `facts: { mode: { type: string, read: { command: { run: 'cat "$1"', args: ["${file}"] } } } }\n`;
    const steps = `${engine.say('a', '${{ facts.mode }}')}\n  - { id: b, env: { F: "${fixed}" }, run: 'cat "$F"' }\n${engine.say('c', '${{ facts.mode }}')}`;
    const run = await engine.start(steps, { more });
    await run.finished();
    await writeFile(file, 'new');
    await writeFile(fixed, '');
    const state = await (await engine.resume(run.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['old', 'new']);
  });

  it('calls an act unknown, not cancelled, that a person ended at a question after it was sent', async () => {
    const more = 'facts: { wanted: { type: string, ask: Which? } }\n';
    const outputs = `outputs: { same: { type: string, value: stdout.trim() + facts.wanted } }`;
    const run = await engine.start(`  - { id: a, env: { LOG: "${engine.log}" }, run: 'echo a >> "$LOG"', ${outputs} }`, { more });
    const state = await run.finished();
    assert.deepEqual(
      run.gates.map((gate) => gate.kind),
      ['value'],
    );
    assert.equal(state.status, 'stopped');
    assert.deepEqual(statuses(state), ['a: unknown']);
  });

  it('calls an act cancelled that a person ended before anything was sent', async () => {
    const more = 'facts: { wanted: { type: string, ask: Which? } }\n';
    const state = await (await engine.start(engine.say('a', '${{ facts.wanted }}'), { more })).finished();
    assert.equal(state.status, 'stopped');
    assert.deepEqual(statuses(state), ['a: cancelled']);
  });
});
