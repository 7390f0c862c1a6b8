import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FaultCase, OpenRow, Verdict } from '../row.js';
import { FuzzProcess } from './fuzzProcess.js';

/** What one document may cost, of the processor. */
const MOST_MS = 2_000;
/** After so long without a word the process hangs. Others may be using the machine, so this is no measure of speed. */
const SILENCE_MS = 30_000;
/** A fresh process spends more on its first thousand documents than on the next; one that never ends would hide what is lost slowly. */
const DOCUMENTS_OF_A_PROCESS = 25_000;
/** What one process may use for a file of a few kilobytes. */
const MEGABYTES = 512;
/** Packages written for CommonJS look for it. */
const REQUIRE = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** Has processes of a program in this folder read lots of so many documents, one lot a case. */
export async function fuzzLots(worker: string, documents: number): Promise<OpenRow> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-fuzz-'));
  const outfile = join(directory, 'worker.mjs');
  const entryPoints = [join(import.meta.dirname, worker)];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: { js: REQUIRE },
  });
  return new FuzzLots(directory, outfile, documents);
}

class FuzzLots implements OpenRow {
  readonly #directory: string;
  readonly #program: string;
  readonly #documents: number;
  readonly #idle: FuzzProcess[] = [];

  constructor(directory: string, program: string, documents: number) {
    this.#directory = directory;
    this.#program = program;
    this.#documents = documents;
  }

  async run({ seed }: FaultCase): Promise<Verdict> {
    const first = await this.#read(seed);
    // A collection of garbage, or a machine that is busy with other things, adds to any document; one that is slow is slow again.
    return first.kind === 'held' && Number(first.measured?.['slowest_ms']) > MOST_MS
      ? this.#unlessSlow(seed, await this.#read(seed))
      : first;
  }

  #unlessSlow(seed: number, again: Verdict): Verdict {
    const slowest = again.kind === 'held' ? Number(again.measured?.['slowest_ms']) : 0;
    return slowest > MOST_MS ? { kind: 'broken', what: `seed ${String(seed)}: one document took ${String(slowest)} ms` } : again;
  }

  /** One lot in a process; its slowest document may have taken too long. */
  async #read(seed: number): Promise<Verdict> {
    const process = this.#idle.pop() ?? new FuzzProcess(this.#program, MEGABYTES);
    const { last, said, ended, hung } = await process.read(seed, this.#documents, SILENCE_MS);
    const place = `document ${last} of seed ${String(seed)}`;
    if (hung) return { kind: 'broken', what: `${place}: nothing was heard for ${String(SILENCE_MS / 1000)} s` };
    if (ended !== undefined) return { kind: 'broken', what: `${place}: the process ended with ${ended}: ${said}` };
    const slowest = Number(/^slowest (\d+)$/.exec(said)?.[1] ?? Number.NaN);
    if (Number.isNaN(slowest) || Number(last) !== this.#documents - 1) {
      process.end();
      return { kind: 'broken', what: `${place}: not all was read: ${said}` };
    }
    if (process.cases * this.#documents < DOCUMENTS_OF_A_PROCESS) this.#idle.push(process);
    else process.end();
    return { kind: 'held', measured: { documents: this.#documents, slowest_ms: slowest } };
  }

  close(): Promise<void> {
    for (const process of this.#idle) process.end();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
    return Promise.resolve();
  }
}
