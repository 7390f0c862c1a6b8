import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');
const REPORTER = join(import.meta.dirname, 'reporter.cjs');

/** Most of the time a test waits for a host, so more groups than processors run side by side. */
const SIDE_BY_SIDE = 3;

/** What became of the tests. */
export interface Recording {
  /** Directory of what V8 recorded. */
  readonly records: string;
  /** Whether every test that ran has passed. */
  readonly passed: boolean;
  /** Names of the tests that did not run, for want of a program or a right that this machine does not give. */
  readonly skipped: readonly string[];
}

/**
 * Runs groups of tests, each in a process of its own, and has V8 record below `directory` what they run of the sources, the programs that they start
 * among it. What the tests print is passed on, group by group.
 */
export async function recorded(groups: readonly (readonly string[])[], directory: string): Promise<Recording> {
  const records = join(directory, 'records');
  const skipped = join(directory, 'skipped');
  mkdirSync(records);
  const waiting = [...groups.entries()];
  let passed = true;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, tests] = next;
      const entry = join(directory, `tests${String(index)}.mjs`);
      writeFileSync(entry, tests.map((test) => `await import(${JSON.stringify(pathToFileURL(join(ROOT, test)).href)});\n`).join(''));
      const { printed, ok } = await run(entry, records, skipped);
      console.log(printed);
      passed &&= ok;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return { records, passed, skipped: existsSync(skipped) ? readFileSync(skipped, 'utf8').trim().split('\n') : [] };
}

/**
 * The tests of one entry, which imports them: loaded the other way, by `require`, the same source would be run in two shapes, of which Node keeps the
 * map of one. The command line that tests start is that of the sources, since the records of the built one are not theirs.
 */
function run(entry: string, records: string, skipped: string): Promise<{ printed: string; ok: boolean }> {
  const args = ['node_modules/mocha/bin/mocha.js', '--timeout', '180000', '--reporter', REPORTER, entry];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_V8_COVERAGE: records, COVERAGE_SKIPPED: skipped, RUNBOOK_TEST_SOURCES: '1' },
  });
  let printed = '';
  const note = (text: string): string => (printed += text);
  child.stdout.setEncoding('utf8').on('data', note);
  child.stderr.setEncoding('utf8').on('data', note);
  return new Promise((settle) => {
    child.once('close', (code) => {
      settle({ printed, ok: code === 0 });
    });
  });
}
