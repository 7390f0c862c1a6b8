import assert from 'node:assert/strict';
import { ClockWatch, findingText } from '../../../src/engine/runner/clockWatch.js';
import type { TimeFinding } from '../../../src/engine/runner/clockWatch.js';
import { TestEngine } from '../../support/running.js';

const HOUR_MS = 3_600_000;

/** Clocks that are set by hand. */
class HandClocks {
  boot = 1_000_000;
  clock = Date.UTC(2026, 9, 25, 0, 30);

  sinceBoot = (): number => this.boot;
  wall = (): number => this.clock;

  pass(ms: number): void {
    this.boot += ms;
    this.clock += ms;
  }
}

describe('the watch over the clocks', () => {
  const watched = (): { clocks: HandClocks; found: TimeFinding[]; watch: ClockWatch } => {
    const clocks = new HandClocks();
    const found: TimeFinding[] = [];
    return { clocks, found, watch: new ClockWatch(clocks, (finding) => found.push(finding)) };
  };

  it('says once that the machine slept', () => {
    const { clocks, found, watch } = watched();
    watch.begin();
    clocks.pass(12 * 60_000);
    watch.look();
    watch.look();
    watch.end();
    assert.deepEqual(found, [{ kind: 'stood_still', ms: 720_000 }]);
    assert.match(findingText(found[0] as TimeFinding), /for 12 minutes/);
  });

  it('tells a clock that was set from a sleep', () => {
    const { clocks, found, watch } = watched();
    watch.begin();
    for (const jump of [HOUR_MS, -HOUR_MS]) {
      clocks.pass(5_000);
      clocks.clock += jump;
      watch.look();
    }
    watch.end();
    assert.deepEqual(found, [
      { kind: 'set', ms: HOUR_MS },
      { kind: 'set', ms: -HOUR_MS },
    ]);
    assert.match(findingText(found[1] as TimeFinding), /put back by 60 minutes/);
  });

  it('names lengths of time in a unit that fits', () => {
    const text = (kind: TimeFinding['kind'], ms: number): string => findingText({ kind, ms });
    assert.match(text('set', 90_000), /put forward by 90 seconds/);
    assert.match(text('set', -5 * 60_000), /put back by 5 minutes/);
    assert.match(text('stood_still', 30 * HOUR_MS), /for 30 hours/);
  });

  it('is silent about what happened before the run and after it, and about a busy machine', () => {
    const { clocks, found, watch } = watched();
    clocks.pass(HOUR_MS);
    watch.begin();
    clocks.pass(20_000);
    watch.look();
    watch.end();
    clocks.pass(HOUR_MS);
    watch.look();
    assert.deepEqual(found, []);
  });
});

describe('a run over which the clock jumps', () => {
  let engine: TestEngine;
  const clocks = new HandClocks();
  before(async () => (engine = await TestEngine.open({}, { clocks })));
  after(() => engine.close());

  it('says that the machine slept before its next act, and goes on', async () => {
    const run = await engine.start(
      `${engine.say('first', 'one', ', on: app, once: true')}\n${engine.say('second', 'two', ', on: app, once: true')}`,
    );
    run.handle.onEvent((event) => {
      if (event.type === 'attempt_ended' && event.step === 'first') clocks.pass(45 * 60_000);
    });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    const words = run.events.flatMap((event) =>
      event.type === 'remark' ? [event.text.slice(0, 25)] : event.type === 'attempt_intended' ? [event.step] : [],
    );
    assert.deepEqual(
      words,
      ['first', 'This machine slept, or hel', 'second'].map((word) => word.slice(0, 25)),
    );
  });

  it('keeps its order and its durations when the time of day is put back', async () => {
    const now = Date.now;
    try {
      const run = await engine.start(
        `${engine.say('first', 'one', ', on: app, once: true')}\n${engine.say('second', 'two', ', on: app, once: true')}`,
      );
      run.handle.onEvent((event) => {
        if (event.type === 'attempt_intended' && event.step === 'first') Date.now = () => now() - HOUR_MS;
      });
      await run.finished();
      const ends = run.events.filter((event) => event.type === 'attempt_ended');
      assert.deepEqual(
        ends.map((event) => [event.step, event.outcome, event.durationMs >= 0 && event.durationMs < 60_000]),
        [
          ['first', 'succeeded', true],
          ['second', 'succeeded', true],
        ],
      );
      const order = run.events.map(({ seq }) => seq);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      );
      const mono = run.events.map((event) => event.mono);
      assert.deepEqual(
        mono,
        [...mono].sort((a, b) => a - b),
      );
    } finally {
      Date.now = now;
    }
  });
});
