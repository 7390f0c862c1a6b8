import type { Row, Verdict } from '../row.js';
import { figuresText, withMeasured } from './figures.js';
import type { Figures } from './figures.js';
import { thisMachine } from './machine.js';
import type { Options } from './options.js';
import type { ResultFile, RowResult } from './results.js';
import { runRow } from './rowRun.js';

/** Everything random of `pr` comes from this, so that a pull request is not broken by chance. */
const PR_SEED = 20261121;
/** How often the progress of a row is kept, and how often it is said, in ms. */
const KEEP_MS = 1_000;
const SAY_MS = 30_000;
/** Broken cases of a row that are printed whole; more are only counted. */
const PRINTED = 10;

/** How the rows came out. */
export interface Tally {
  passed: number;
  failed: number;
  /** Not tried, or not to their end. */
  skipped: number;
  /** What broke, for the summary of all tests. */
  readonly broken: string[];
}

/** Whether a row came out well. */
type Outcome = 'passed' | 'failed' | 'skipped';

/** Tries rows one after the other, keeps what became of them, and says so. */
export class Laboratory {
  readonly #options: Options;
  readonly #results: ResultFile;
  readonly #say: (text: string) => void;
  readonly #ends: number;
  readonly #broken: string[] = [];
  #interrupted = false;

  constructor(options: Options, results: ResultFile, say: (text: string) => void) {
    this.#options = options;
    this.#results = results;
    this.#say = say;
    this.#ends = performance.now() + (options.budgetMs ?? Infinity);
  }

  /** Begins no further case. */
  interrupt(): void {
    this.#interrupted = true;
  }

  async try(rows: readonly Row[]): Promise<Tally> {
    const tally: Tally = { passed: 0, failed: 0, skipped: 0, broken: this.#broken };
    const seed = this.#options.seed ?? (this.#options.profile === 'pr' ? PR_SEED : Date.now() % 2 ** 32);
    for (const row of rows) tally[await this.#row(row, seed)] += 1;
    return tally;
  }

  async #row(row: Row, seed: number): Promise<Outcome> {
    this.#say(`${row.id}: ${row.title}`);
    try {
      return await (this.#options.only === undefined ? this.#whole(row, seed) : this.#again(row, seed));
    } catch (error) {
      const what = `the means of this row failed: ${(error as Error).stack ?? String(error)}`;
      this.#broken.push(`${row.id}: ${what}`);
      this.#say(`  ✗ ${what}`);
      return 'failed';
    }
  }

  /** Plays one case again. */
  async #again(row: Row, seed: number): Promise<Outcome> {
    const { profile, only = 0 } = this.#options;
    const missing = await row.missing();
    if (missing !== undefined) return this.#skip(missing);
    let broken = 0;
    await runRow(row, { profile, seed, from: only, to: only + 1, mayBegin: () => true }, (index, verdict) => {
      if (verdict.kind === 'held')
        this.#say(`  ✓ case ${String(index)} ${figuresText(withMeasured({}, verdict.measured ?? {}))}`.trimEnd());
      else this.#sayBroken(row, seed, index, verdict.what, broken++);
    });
    return broken === 0 ? 'passed' : 'failed';
  }

  async #whole(row: Row, freshSeed: number): Promise<Outcome> {
    const begun = this.#begin(row, freshSeed);
    const missing = begun.done < begun.planned ? await row.missing() : undefined;
    if (missing !== undefined) {
      this.#results.add({ kind: 'skipped', row: row.id, why: missing });
      return this.#skip(missing);
    }
    const broken = new Map(begun.broken.filter((known) => known.case < begun.done).map((known) => [known.case, known.what]));
    let { done, figures } = begun;
    const started = performance.now();
    const seconds = (): number => begun.seconds + (performance.now() - started) / 1000;
    const keep = (): void => {
      this.#results.add({ kind: 'progress', row: row.id, done, seconds: Math.round(seconds() * 10) / 10, figures });
    };
    let kept = started;
    let said = started;
    const ended = (index: number, verdict: Verdict, through: number): void => {
      done = through;
      if (verdict.kind === 'held') figures = withMeasured(figures, verdict.measured ?? {});
      else {
        this.#results.add({ kind: 'broken', row: row.id, case: index, what: verdict.what });
        this.#sayBroken(row, begun.seed, index, verdict.what, broken.size);
        broken.set(index, verdict.what);
      }
      const now = performance.now();
      if (now - kept >= KEEP_MS) {
        kept = now;
        keep();
      }
      if (now - said < SAY_MS) return;
      said = now;
      this.#say(`  … ${line(row, begun, done, broken.size, seconds(), {})}`);
    };
    try {
      await this.#tryFrom(row, begun, ended);
    } finally {
      keep();
    }
    return this.#conclude(row, begun, done, broken.size, seconds(), figures);
  }

  /** What was kept of a row and is gone on with, or a fresh beginning. */
  #begin(row: Row, seed: number): RowResult {
    const planned = row.cases[this.#options.profile];
    const kept = this.#options.resume ? this.#results.read().get(row.id) : undefined;
    const fits = kept?.planned === planned && kept.skipped === undefined && (this.#options.seed ?? kept.seed) === kept.seed;
    if (kept !== undefined && fits) return kept;
    const begun = { row: row.id, planned, seed, at: new Date().toISOString(), machine: thisMachine() };
    this.#results.add({ kind: 'begun', ...begun });
    return { ...begun, done: 0, seconds: 0, broken: [], figures: {} };
  }

  async #tryFrom(row: Row, begun: RowResult, ended: Parameters<typeof runRow>[2]): Promise<void> {
    const { profile } = this.#options;
    const mayBegin = (): boolean => !this.#interrupted && performance.now() < this.#ends;
    if (begun.done >= begun.planned || !mayBegin()) return;
    await runRow(row, { profile, seed: begun.seed, from: begun.done, to: begun.planned, mayBegin }, ended);
  }

  #conclude(row: Row, begun: RowResult, done: number, broken: number, seconds: number, figures: Figures): Outcome {
    const text = line(row, begun, done, broken, seconds, figures);
    if (broken > 0) {
      this.#say(`  ✗ ${text}`);
      return 'failed';
    }
    if (done < begun.planned) {
      this.#say(`  UNFINISHED ${text}; go on with --resume`);
      return 'skipped';
    }
    this.#say(`  ✓ ${text}`);
    return 'passed';
  }

  #skip(why: string): 'skipped' {
    this.#say(`  SKIPPED, nothing was tried: ${why}`);
    return 'skipped';
  }

  #sayBroken(row: Row, seed: number, index: number, what: string, before: number): void {
    if (before > PRINTED) return;
    if (before === PRINTED) {
      this.#say('  ✗ … and more');
      return;
    }
    this.#broken.push(`${row.id}, case ${String(index)}, seed ${String(seed)}: ${what}`);
    this.#say(`  ✗ case ${String(index)}: ${what.replaceAll('\n', '\n    ')}`);
    this.#say(
      `    again: npm run faults -- --profile ${this.#options.profile} --row ${row.id} --case ${String(index)} --seed ${String(seed)}`,
    );
  }
}

function line(row: Row, begun: RowResult, done: number, broken: number, seconds: number, figures: Figures): string {
  const measured = figuresText(figures);
  const parts = [
    `${String(done)} of ${String(begun.planned)} cases`,
    `${String(broken)} broken`,
    ...(measured === '' ? [] : [measured]),
    `${seconds.toFixed(1)} s`,
    `seed ${String(begun.seed)}`,
  ];
  return `${row.id}: ${parts.join(', ')}`;
}
