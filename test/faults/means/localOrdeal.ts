import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRun } from '../../../src/engine/index.js';
import type { ReadRun } from '../../../src/engine/index.js';
import { accountOf, shownAsDone } from '../../journeys/support/account.js';
import type { CliProcess, CliResult } from '../../journeys/support/cli.js';
import type { LocalBench } from './localBench.js';

/** A fault may need a few decisions of the operator, never many. */
const MOST_ROUNDS = 12;

type Surroundings = { readonly env?: Readonly<Record<string, string>>; readonly through?: readonly string[] };

/** One run from its beginning to its success, through everything that befalls its runners; the counter file is the judge. */
export class LocalOrdeal {
  readonly #bench: LocalBench;
  readonly #shown = new Set<string>();
  /** Acts that the operator had done again, because nobody could know. */
  readonly #asked: string[] = [];
  readonly #wrong: string[] = [];

  constructor(bench: LocalBench) {
    this.#bench = bench;
  }

  /** What was found to be wrong, each as a sentence. */
  get wrong(): readonly string[] {
    return this.#wrong;
  }

  /** Whether the run has succeeded. */
  isOver(): boolean {
    return this.#begun()?.state?.status === 'succeeded';
  }

  /** The next runner: begins the run, or goes on with it where it was begun. */
  next(surroundings: Surroundings = {}, onUnknown: 'stop' | 'rerun' | 'succeeded' = 'stop'): CliProcess {
    const run = this.#begun();
    if (run === undefined) return this.#bench.start(surroundings.env, surroundings.through);
    return this.#bench.resume(run.id, onUnknown, surroundings.env, surroundings.through);
  }

  /** Waits for a runner, and holds what it showed and did against the journal. */
  async outlast(runner: CliProcess): Promise<CliResult> {
    const result = await runner.done;
    for (const name of shownAsDone(result.out)) this.#shown.add(name);
    if (/internal error/.test(result.err + result.out)) this.#wrong.push(`it blames itself: ${firstLines(result)}`);
    this.#compare();
    return result;
  }

  /** Goes on until the run has succeeded, deciding as somebody would who looks at the hosts. */
  async finish(surroundings: Surroundings = {}): Promise<void> {
    let decision: 'stop' | 'rerun' | 'succeeded' = 'stop';
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (this.isOver()) return this.#judge();
      const result = await this.outlast(this.next(surroundings, decision));
      if (result.code === 0) return this.#judge();
      if (result.code !== 5) {
        this.#wrong.push(`the run cannot be gone on with (${String(result.code)}): ${firstLines(result)}`);
        return;
      }
      decision = this.#decide();
    }
    this.#wrong.push('the run does not come to its end');
  }

  /** The run of this ordeal; undefined as long as none has its first record. */
  #begun(): ReadRun | undefined {
    const runs = join(this.#bench.stateDirectory, 'runs');
    if (!existsSync(runs)) return undefined;
    const begun = readdirSync(runs)
      .sort()
      .map((id) => readRun(this.#bench.stateDirectory, id))
      .filter(({ state }) => state !== undefined);
    if (begun.length > 1) this.#wrong.push(`${String(begun.length)} runs were begun`);
    return begun[0];
  }

  #decide(): 'rerun' | 'succeeded' {
    const acts = this.#bench.acts();
    const unknown = Object.entries(this.#begun()?.state?.steps ?? {}).flatMap(([step, targets]) =>
      Object.entries(targets).flatMap(([target, { status }]) => (status === 'unknown' ? [`${step} ${target}`] : [])),
    );
    const isDone = (act: string): boolean => acts.includes(act) && this.#bench.shape.valued?.includes(act) !== true;
    if (unknown.length > 0 && unknown.every(isDone)) return 'succeeded';
    this.#asked.push(...unknown);
    return 'rerun';
  }

  /** Nothing acts without its intent in the journal, and nothing is shown as done that is not there. */
  #compare(): void {
    const run = this.#begun();
    const intents = (run?.events ?? []).flatMap((event) => (event.type === 'attempt_intended' ? [`${event.step} ${event.target}`] : []));
    for (const act of new Set(this.#bench.acts())) {
      const [done, intended] = [this.#bench.acts(), intents].map((list) => list.filter((one) => one === act).length);
      if ((done ?? 0) > (intended ?? 0)) this.#wrong.push(`"${act}" was done ${String(done)} times, intended ${String(intended)} times`);
    }
    if (run === undefined) {
      if (this.#shown.size > 0) this.#wrong.push(`the run is lost, in which was shown as done: ${[...this.#shown].join(', ')}`);
      return;
    }
    const { done } = accountOf(this.#bench.stateDirectory, run.id);
    const lost = [...this.#shown].filter((name) => !done.has(name));
    if (lost.length > 0) this.#wrong.push(`shown as done, but not in the journal: ${lost.join(', ')}`);
  }

  #judge(): void {
    const { shape } = this.#bench;
    const acts = this.#bench.acts();
    for (const act of shape.acts) {
      const times = acts.filter((one) => one === act).length;
      const allowed = 1 + this.#asked.filter((one) => one === act).length;
      if (times === 0) this.#wrong.push(`the run has succeeded, but "${act}" was never done`);
      if (times > allowed && shape.repeatable?.includes(act) !== true)
        this.#wrong.push(`"${act}" was done ${String(times)} times, ${String(allowed)} at most were asked for`);
    }
  }
}

function firstLines({ out, err }: CliResult): string {
  return `${err}\n${out}`.trim().split('\n').slice(0, 4).join(' / ');
}
