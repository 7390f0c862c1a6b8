import assert from 'node:assert/strict';
import { accountOf, shownAsDone } from './account.js';
import type { Baseline } from './baseline.js';
import type { CliProcess, CliResult } from './cli.js';
import type { Bench } from './journey.js';

const MOST_ROUNDS = 100;
const SHORTEST_LIFE_MS = 300;
const LONGEST_LIFE_MS = 5_000;

/** One run whose runner is killed again and again, until it has come to its end. */
export class Ordeal {
  /** How often the runner was killed. */
  kills = 0;
  readonly #bench: Bench;
  readonly #baseline: Baseline;
  readonly #random: Generator<number, never>;
  readonly #mostKills: number;
  readonly #shown = new Set<string>();
  /** Steps that an operator had done again, because the hosts said that they were not done. */
  readonly #asked: string[] = [];
  #run = '';

  constructor(bench: Bench, baseline: Baseline, random: Generator<number, never>, mostKills: number) {
    this.#bench = bench;
    this.#baseline = baseline;
    this.#random = random;
    this.#mostKills = mostKills;
  }

  /** Begins the run, and goes on with it until it has succeeded. */
  async endure(): Promise<void> {
    for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
      let result = await this.#survive(this.#run === '' ? this.#bench.start() : this.#bench.resume(this.#run, ['--on-unknown', 'stop']));
      if (result?.code === 5) result = await this.#survive(this.#bench.resume(this.#run, ['--on-unknown', this.#decision()]));
      if (result?.code === 0) return;
      assert.ok(
        result === undefined || result.code === 5,
        `a run that goes on may only stop where nobody can know: ${String(result?.code)}\n${result?.out ?? ''}${result?.err ?? ''}`,
      );
    }
    assert.fail('the run does not come to its end');
  }

  /** Lets a process live for a while and kills it; undefined when it was killed. */
  async #survive(runner: CliProcess): Promise<CliResult | undefined> {
    const life = SHORTEST_LIFE_MS + this.#random.next().value * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
    const timer = this.kills < this.#mostKills ? setTimeout(() => runner.process.kill('SIGKILL'), life) : undefined;
    const result = await runner.done;
    clearTimeout(timer);
    this.#run = /^Run (\S+)/m.exec(result.out)?.[1] ?? this.#run;
    for (const name of shownAsDone(result.out)) this.#shown.add(name);
    if (result.signal !== 'SIGKILL') return result;
    this.kills += 1;
    return undefined;
  }

  /** What an operator who looks at the hosts decides: the counters of the lab say whether the act was done. */
  #decision(): 'succeeded' | 'rerun' {
    const key = accountOf(this.#bench.stateDirectory, this.#run).unknown ?? '';
    const counters = this.#bench.lab.counters();
    const after = Object.entries(this.#baseline.after.get(key) ?? {});
    if (after.length > 0 && after.every(([counter, value]) => (counters[counter] ?? 0) >= value)) return 'succeeded';
    this.#asked.push(key);
    return 'rerun';
  }

  /** Asserts that the lab is content, that nothing shown as done is lost, and that nothing was done twice unasked. */
  judge(): void {
    assert.deepEqual(this.#bench.verdict(this.#run), [], `run ${this.#run}`);
    const { done } = accountOf(this.#bench.stateDirectory, this.#run);
    assert.deepEqual(
      [...this.#shown].filter((name) => !done.has(name)),
      [],
      'shown as done, but not in the journal',
    );
    const tooOften = Object.entries(this.#bench.lab.counters()).flatMap(([counter, count]) => {
      const movedBy = [...this.#baseline.after].flatMap(([key, moved]) => (counter in moved ? [key] : []));
      if (movedBy.some((key) => this.#baseline.repeatable.has(key))) return [];
      const asked = this.#asked.filter((key) => movedBy.includes(key)).length;
      return count > (this.#baseline.final[counter] ?? 0) + asked ? [`${counter}: ${String(count)} times`] : [];
    });
    assert.deepEqual(tooOften, [], `done twice unasked in run ${this.#run}`);
  }
}
