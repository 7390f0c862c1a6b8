import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Row } from '../row.js';
import type { Tally } from './laboratory.js';
import type { Options } from './options.js';

/** What the process of a row says at its end, and all of them together say once. */
const SUM = /^[0-9]+ (passed, [0-9]+ failed|skipped or unfinished)$/;

/** Tries several rows at the same time: many of them wait for others most of the time. Each has a process of its own, which nothing stray reaches. */
export class Lanes {
  readonly #options: Options;
  readonly #say: (text: string) => void;
  readonly #ends: number;
  readonly #running = new Set<ChildProcess>();
  #interrupted = false;

  constructor(options: Options, say: (text: string) => void) {
    this.#options = options;
    this.#say = say;
    this.#ends = performance.now() + (options.budgetMs ?? Infinity);
  }

  /** Begins no further case, in no row. */
  interrupt(): void {
    this.#interrupted = true;
    for (const child of this.#running) child.kill('SIGINT');
  }

  async try(rows: readonly Row[]): Promise<Tally> {
    const tally: Tally = { passed: 0, failed: 0, skipped: 0, broken: [] };
    const waiting = [...rows];
    const work = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
        if (this.#interrupted || performance.now() >= this.#ends) tally.skipped += 1;
        else add(tally, await this.#row(row.id));
      }
    };
    await Promise.all(Array.from({ length: this.#options.sideBySide }, work));
    return tally;
  }

  async #row(id: string): Promise<Tally> {
    const directory = mkdtempSync(join(tmpdir(), 'fault-row-'));
    const tallyFile = join(directory, 'tally.jsonl');
    const program = join(import.meta.dirname, '../main.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...this.#words(id)], {
      env: { ...process.env, TALLY_FILE: tallyFile },
      // A process of its own group: an interruption of the terminal reaches it once, from here.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#running.add(child);
    createInterface(child.stdout).on('line', (line) => {
      if (!SUM.test(line)) this.#say(line);
    });
    await new Promise((resolve) => child.once('close', resolve));
    this.#running.delete(child);
    try {
      return JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally;
    } catch {
      return { passed: 0, failed: 1, skipped: 0, broken: [`${id}: its process has ended before it could say how it went`] };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  #words(id: string): string[] {
    const { profile, seed, resume } = this.#options;
    const minutes = Math.ceil((this.#ends - performance.now()) / 60_000);
    return [
      ...['--profile', profile, '--row', id],
      ...(seed === undefined ? [] : ['--seed', String(seed)]),
      ...(resume ? ['--resume'] : []),
      ...(Number.isFinite(minutes) ? ['--budget', String(minutes)] : []),
    ];
  }
}

function add(tally: Tally, row: Tally): void {
  tally.passed += row.passed;
  tally.failed += row.failed;
  tally.skipped += row.skipped;
  tally.broken.push(...row.broken);
}
