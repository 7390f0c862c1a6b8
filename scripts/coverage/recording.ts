import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');

/** Most of the time a test waits for a host, so more groups than processors run side by side. */
const SIDE_BY_SIDE = 3;

/**
 * Runs groups of tests, each in a process of its own, and has V8 record below `directory` what they run of the sources, the programs that they start
 * among it. What the tests print is passed on, group by group. Resolves with the directory of the records, and whether every test has passed.
 */
export async function recorded(
  groups: readonly (readonly string[])[],
  directory: string,
): Promise<{ readonly records: string; readonly passed: boolean }> {
  const records = join(directory, 'records');
  mkdirSync(records);
  const waiting = [...groups.entries()];
  let passed = true;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, tests] = next;
      const entry = join(directory, `tests${String(index)}.mjs`);
      writeFileSync(entry, tests.map((test) => `await import(${JSON.stringify(pathToFileURL(join(ROOT, test)).href)});\n`).join(''));
      const { printed, ok } = await run(entry, records);
      console.log(printed);
      passed &&= ok;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return { records, passed };
}

/**
 * The tests of one entry, which imports them: loaded the other way, by `require`, the same source would be run in two shapes, of which Node keeps the
 * map of one. The command line that tests start is that of the sources, since the records of the built one are not theirs.
 */
function run(entry: string, records: string): Promise<{ printed: string; ok: boolean }> {
  const args = ['node_modules/mocha/bin/mocha.js', '--timeout', '180000', '--reporter', 'dot', entry];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_V8_COVERAGE: records, RUNBOOK_TEST_SOURCES: '1' },
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
