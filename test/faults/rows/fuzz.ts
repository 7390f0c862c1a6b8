import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { FuzzProcess } from '../means/fuzzProcess.js';
import type { FaultCase, OpenRow, Row, Verdict } from '../row.js';

const DOCUMENTS = 1_000;
/** What one document may cost, of the processor. */
const MOST_MS = 2_000;
/** After so long without a word the process hangs. Others may be using the machine, so this is no measure of speed. */
const SILENCE_MS = 30_000;
/** A fresh process spends more on its first thousand documents than on the next; one that never ends would hide what is lost slowly. */
const CASES_OF_A_PROCESS = 25;
/** What one process may use for a file of a few kilobytes. */
const MEGABYTES = 512;

export const fuzz: Row = {
  id: 'fuzz',
  title: `hostile documents, ${DOCUMENTS.toLocaleString('en')} a case, read, checked and asked about: scraps, expressions, patterns, nesting by ? [ { -, aliases of aliases, 20,000 keys`,
  must: 'no throw, no aborted process, nothing that takes over 2 s of the processor or 512 MB',
  cases: { pr: 20_000 / DOCUMENTS, nightly: 1_000_000 / DOCUMENTS },
  concurrency: 2,
  missing: () => Promise.resolve(undefined),
  open: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'runbook-fuzz-'));
    const outfile = join(directory, 'worker.mjs');
    const entryPoints = [join(import.meta.dirname, '../means/fuzzWorker.ts')];
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
    return new Fuzz(directory, outfile);
  },
};

/** Packages written for CommonJS look for it. */
const REQUIRE = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

class Fuzz implements OpenRow {
  readonly #directory: string;
  readonly #program: string;
  readonly #idle: FuzzProcess[] = [];

  constructor(directory: string, program: string) {
    this.#directory = directory;
    this.#program = program;
  }

  async run({ seed }: FaultCase): Promise<Verdict> {
    const process = this.#idle.pop() ?? new FuzzProcess(this.#program, MEGABYTES);
    const { last, said, ended, hung } = await process.read(seed, DOCUMENTS, SILENCE_MS);
    const place = `document ${last} of seed ${String(seed)}`;
    if (hung) return { kind: 'broken', what: `${place}: nothing was heard for ${String(SILENCE_MS / 1000)} s` };
    if (ended !== undefined) return { kind: 'broken', what: `${place}: the process ended with ${ended}: ${said}` };
    const slowest = Number(/^slowest (\d+)$/.exec(said)?.[1] ?? Number.NaN);
    if (Number.isNaN(slowest) || Number(last) !== DOCUMENTS - 1) {
      process.end();
      return { kind: 'broken', what: `${place}: not all was read: ${said}` };
    }
    if (process.cases < CASES_OF_A_PROCESS) this.#idle.push(process);
    else process.end();
    if (slowest > MOST_MS) return { kind: 'broken', what: `seed ${String(seed)}: one document took ${String(slowest)} ms` };
    return { kind: 'held', measured: { documents: DOCUMENTS, slowest_ms: slowest } };
  }

  close(): Promise<void> {
    for (const process of this.#idle) process.end();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
    return Promise.resolve();
  }
}
