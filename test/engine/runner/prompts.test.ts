import assert from 'node:assert/strict';
import { statuses, TestEngine } from '../../support/running.js';

/** A program that waits behind a question nobody foresaw, longer than it may be quiet, and goes on by itself. */
const WAITS = `run: "printf 'go on? '; sleep 25; echo yes", answers: [ { prompt: never asked, answer: x } ]`;

describe('a program that asks what nobody foresaw', function () {
  this.timeout(90_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('takes its question back when it goes on, in nobody’s name, and stops when a person says so', async () => {
    const [left, stopped] = await Promise.all([
      engine.start(`  - { id: a, ${WAITS} }`, { answer: () => undefined }),
      engine.start(`  - { id: a, ${WAITS} }\n  - { id: b, run: "true" }`, { answer: () => ({ kind: 'stop', why: 'enough' }) }),
    ]);
    const [gone, ended] = await Promise.all([left.finished(), stopped.finished()]);
    assert.equal(gone.status, 'succeeded', gone.closing);
    assert.deepEqual(
      gone.closedGates.map(({ gate, answer, by }) => [gate.kind, answer.kind, by === 'pat']),
      [['prompt', 'withdrawn', false]],
    );
    assert.equal(ended.status, 'stopped');
    assert.equal(ended.closing, 'enough');
    assert.deepEqual(statuses(ended), ['a: cancelled', 'b: pending']);
  });
});
