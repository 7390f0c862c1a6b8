import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { baselineOf } from './support/baseline.js';
import type { Baseline } from './support/baseline.js';
import { Bench, JOURNEYS } from './support/journey.js';
import type { CliProcess, CliResult } from './support/cli.js';

const KILLS = 50;

interface Entry {
  readonly type: string;
  readonly step?: string;
  readonly target?: string;
  readonly outcome?: string;
}

/** Numbers that look random and are the same every time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

async function journalOf(bench: Bench, run: string): Promise<readonly Entry[]> {
  const text = await readFile(join(bench.stateDirectory, 'runs', run, 'journal.jsonl'), 'utf8');
  return text.split('\n').flatMap((line) => {
    try {
      return [(JSON.parse(line) as { event: Entry }).event];
    } catch {
      return [];
    }
  });
}

/** One run, killed again and again, until it has come to its end. */
class Ordeal {
  readonly acknowledged = new Set<string>();
  readonly askedAgain: string[] = [];
  kills = 0;
  run = '';

  constructor(
    readonly bench: Bench,
    readonly baseline: Baseline,
    readonly random: Generator<number, never>,
    readonly mostKills: number,
  ) {}

  async endure(): Promise<void> {
    let result = await this.#survive(this.bench.start());
    for (let round = 0; result === undefined || result.code !== 0; round++) {
      assert.ok(round < 200, 'the run does not come to its end');
      if (this.run === '') result = await this.#survive(this.bench.start());
      else if (result === undefined) result = await this.#survive(this.bench.startResume(this.run, ['--on-unknown', 'stop']));
      else {
        assert.equal(result.code, 5, `a run that goes on may only stop where nobody can know: ${result.out}${result.err}`);
        result = await this.#survive(this.bench.startResume(this.run, ['--on-unknown', await this.#decision()]));
      }
    }
  }

  /** Lets a process run for a while and kills it; undefined when it was killed. */
  async #survive(process: CliProcess): Promise<CliResult | undefined> {
    const delay = 200 + this.random.next().value * 5_000;
    const timer = this.kills < this.mostKills ? setTimeout(() => process.process.kill('SIGKILL'), delay) : undefined;
    const result = await process.done;
    clearTimeout(timer);
    this.run = /^Run (\S+)/m.exec(result.out)?.[1] ?? this.run;
    for (const line of result.out.split('\n')) if (line.startsWith('✓ ')) this.acknowledged.add(line);
    if (result.signal !== 'SIGKILL') return result;
    this.kills += 1;
    return undefined;
  }

  /** What an operator who looks at the hosts decides: the counters say whether the act was done. */
  async #decision(): Promise<'succeeded' | 'rerun'> {
    const journal = await journalOf(this.bench, this.run);
    const unknown = journal.findLast((entry) => entry.type === 'attempt_ended' && entry.outcome === 'unknown');
    const key = `${unknown?.step ?? ''} ${unknown?.target ?? ''}`;
    const counters = this.bench.lab.counters();
    const expected = this.baseline.after.get(key) ?? {};
    if (Object.keys(expected).length > 0 && Object.entries(expected).every(([counter, value]) => (counters[counter] ?? 0) >= value))
      return 'succeeded';
    this.askedAgain.push(key);
    return 'rerun';
  }

  async judge(): Promise<void> {
    assert.deepEqual(this.bench.verdict(), [], `run ${this.run}`);
    const journal = await journalOf(this.bench, this.run);
    const done = journal.filter((entry) => entry.type === 'attempt_ended' && entry.outcome === 'succeeded').length;
    assert.ok(
      done >= this.acknowledged.size - journal.filter((entry) => entry.type === 'invariant_checked').length,
      'what was shown as done is in the journal',
    );
    const tooOften: string[] = [];
    for (const [counter, count] of Object.entries(this.bench.lab.counters())) {
      const movedBy = [...this.baseline.after].filter(([, moved]) => counter in moved).map(([key]) => key);
      if (movedBy.some((key) => this.baseline.harmless.has(key))) continue;
      const asked = this.askedAgain.filter((key) => movedBy.includes(key)).length;
      if (count > (this.baseline.final[counter] ?? 0) + asked) tooOften.push(`${counter}: ${String(count)} times`);
    }
    assert.deepEqual(tooOften, [], 'done twice unasked');
  }
}

describe('the runner is killed at random moments', function () {
  this.timeout(1_200_000);

  it(`${String(KILLS)} kills: every run goes on, nothing acknowledged is lost, nothing runs twice unasked`, async () => {
    const journey = JOURNEYS.find(({ inventory }) => inventory === 'lab_pair_minions.inventory.yaml');
    assert.ok(journey);
    const bench = await Bench.open(journey, '127.70');
    const random = numbers(20261121);
    try {
      const baseline = await baselineOf(bench);
      for (let kills = 0; kills < KILLS;) {
        await bench.lab.reset();
        const ordeal = new Ordeal(bench, baseline, random, KILLS - kills);
        await ordeal.endure();
        await ordeal.judge();
        kills += ordeal.kills;
      }
    } finally {
      await bench.close();
    }
  });
});
