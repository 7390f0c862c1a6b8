import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type { FaultCase, OpenRow, Row, Verdict } from '../row.js';

const DOCUMENTS = 1_000;
/** What one document may cost, of the processor. */
const MOST_MS = 2_000;
/** After so long without a word the process hangs. Others may be using the machine, so this is no measure of speed. */
const SILENCE_MS = 30_000;
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
  constructor(
    private readonly directory: string,
    private readonly worker: string,
  ) {}

  async run({ seed }: FaultCase): Promise<Verdict> {
    const { last, said, code, signal, hung } = await this.#read(seed);
    const place = `document ${last} of seed ${String(seed)}`;
    if (hung) return { kind: 'broken', what: `${place}: nothing was heard for ${String(SILENCE_MS / 1000)} s` };
    if (code !== 0) return { kind: 'broken', what: `${place}: the process ended with ${signal ?? String(code)}: ${said}` };
    const slowest = Number(/^slowest (\d+)$/.exec(said)?.[1] ?? Number.NaN);
    if (Number.isNaN(slowest) || Number(last) !== DOCUMENTS - 1) return { kind: 'broken', what: `${place}: not all was read: ${said}` };
    if (slowest > MOST_MS) return { kind: 'broken', what: `seed ${String(seed)}: one document took ${String(slowest)} ms` };
    return { kind: 'held', measured: { documents: DOCUMENTS, slowest_ms: slowest } };
  }

  close(): Promise<void> {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10 });
    return Promise.resolve();
  }

  async #read(seed: number): Promise<{ last: string; said: string; code: number | null; signal: string | null; hung: boolean }> {
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${String(MEGABYTES)}`, this.worker, String(seed), '0', String(DOCUMENTS)],
      {
        env: { ...process.env, FUZZ_SAMPLES: join(import.meta.dirname, '../../fixtures/language'), NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [last, said, hung] = ['none', '', false];
    const watch = setTimeout(() => {
      hung = true;
      child.kill('SIGKILL');
    }, SILENCE_MS);
    createInterface(child.stdout).on('line', (line) => {
      watch.refresh();
      if (/^\d+$/.test(line)) last = line;
      else said = line.slice(0, 1000);
    });
    child.stderr.on('data', (bytes: Buffer) => (said = `${said} ${bytes.toString('utf8')}`.slice(-1000)));
    const [code, signal] = await new Promise<readonly [number | null, string | null]>((resolve) => {
      child.once('close', (...ended) => {
        resolve(ended);
      });
    });
    clearTimeout(watch);
    return { last, said, code, signal, hung };
  }
}
