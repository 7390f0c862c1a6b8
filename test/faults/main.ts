import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Row } from './row.js';
import * as registry from './rows/index.js';
import { Laboratory } from './runner/laboratory.js';
import { Lanes } from './runner/lanes.js';
import { parseOptions, USAGE, UsageError } from './runner/options.js';
import type { Options } from './runner/options.js';
import { pageWith } from './runner/page.js';
import { ResultFile } from './runner/results.js';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/reliability.md');
const rows: readonly Row[] = Object.values(registry);

/** Carries out the command line and returns the exit code: 1 when a case is broken or nothing was tried, 2 for a wrong command line. */
async function main(words: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = parseOptions(
      words,
      rows.map(({ id }) => id),
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}`);
    return 2;
  }
  const results = new ResultFile(join(root, 'out/faults', `${options.profile}.jsonl`));
  return options.write ? writePage(options, results) : tryRows(options, results);
}

async function tryRows(options: Options, results: ResultFile): Promise<number> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const wanted = rows.filter(({ id }) => options.rows.length === 0 || options.rows.includes(id));
  const laboratory = options.sideBySide > 1 && wanted.length > 1 ? new Lanes(options, say) : new Laboratory(options, results, say);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => laboratory.interrupt());
  const tally = await laboratory.try(wanted);
  const tallyFile = process.env['TALLY_FILE'];
  if (tallyFile !== undefined) appendFileSync(tallyFile, `${JSON.stringify(tally)}\n`);
  if (tally.skipped > 0) process.stdout.write(`${String(tally.skipped)} skipped or unfinished\n`);
  process.stdout.write(`${String(tally.passed)} passed, ${String(tally.failed)} failed\n`);
  return tally.failed > 0 || tally.passed === 0 ? 1 : 0;
}

async function writePage(options: Options, results: ResultFile): Promise<number> {
  const kept = results.read();
  if (kept.size === 0) {
    process.stderr.write(`Nothing is kept of --profile ${options.profile}; try it first.\n`);
    return 2;
  }
  const text = pageWith(readFileSync(page, 'utf8'), options.profile, rows, kept);
  writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
