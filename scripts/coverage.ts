// `npm run coverage`: the branches of the engine that its tests do not take. `npm run coverage -- journal steps/run` looks at those parts only, with
// the tests of the same name.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { barOf, LEAST_OF_THE_REST } from './coverage/bars.js';
import { readExecutions } from './coverage/executions.js';
import { measure } from './coverage/measure.js';
import type { Measured } from './coverage/measure.js';

const root = resolve(import.meta.dirname, '..');
const parts = process.argv.slice(2);

/** The command line drives the engine as people do: by what it is asked, and what it is answered. */
const drivers = filesOf('test/cli', '.test.ts').filter((file) => !/^test\/cli\/(diff|git|lint)/.test(file));
const tests = [
  ...(parts.length === 0 ? [''] : parts).flatMap((part) => filesOf(join('test/engine', part), '.test.ts')),
  ...(parts.length === 0 ? drivers : []),
];
const sources = (parts.length === 0 ? [''] : parts).flatMap((part) => filesOf(join('src/engine', part), '.ts'));
if (tests.length === 0 || sources.length === 0) {
  console.error(`Nothing in src/engine and test/engine is called ${parts.join(' or ')}.`);
  process.exit(2);
}
const recorded = mkdtempSync(join(tmpdir(), 'coverage-'));
try {
  const args = ['node_modules/mocha/bin/mocha.js', '--timeout', '120000', '--reporter', 'dot', ...tests];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_V8_COVERAGE: recorded },
  });
  const executions = readExecutions(recorded, (file) => sources.includes(relative(root, file)));
  const held = report(sources.map((file) => ({ ...measure(join(root, file), executions.get(join(root, file)) ?? []), file })));
  process.exitCode = status === 0 && held ? 0 : 1;
} finally {
  rmSync(recorded, { recursive: true, force: true });
}

/** Files below a folder of the repository, or the one file that is meant. */
function filesOf(place: string, ending: string): string[] {
  const path = join(root, place);
  if (existsSync(path) && statSync(path).isDirectory()) {
    const inside = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending));
    return inside.sort().map((file) => join(place, file));
  }
  return existsSync(`${path}${ending}`) ? [`${place}${ending}`] : [];
}

/** Prints the share of each folder, and of each file that is below the bar what its tests do not try. Answers whether every bar is held. */
function report(measured: readonly Measured[]): boolean {
  const folders = new Map<string, Measured[]>();
  for (const one of measured) folders.set(dirname(one.file), [...(folders.get(dirname(one.file)) ?? []), one]);
  for (const [folder, members] of folders) console.log(`${percent(members)}  ${folder} (${counts(members)})`);

  const rest = measured.filter(({ file }) => barOf(file) === undefined);
  const restHeld = shareOf(rest) >= LEAST_OF_THE_REST;
  const below = measured.filter((one) => shareOf([one]) < (barOf(one.file) ?? LEAST_OF_THE_REST));
  if (below.length > 0) console.log('\nNot tried:');
  for (const { file, untried } of below) console.log(`${file}: ${untried.map(({ line, kind }) => `${String(line)} ${kind}`).join(', ')}`);
  const missed = below.filter(({ file }) => barOf(file) !== undefined).length;
  console.log(`\n${percent(measured)}  all (${counts(measured)})`);
  console.log(
    `${percent(rest)}  all but the files that must reach 100 %; at least ${(LEAST_OF_THE_REST * 100).toFixed(0)} %: ${restHeld ? 'held' : 'missed'}`,
  );
  console.log(`${String(missed)} of the files that must reach 100 % miss it`);
  return restHeld && missed === 0;
}

/** A file without a branch has none untried. */
function shareOf(files: readonly Measured[]): number {
  const { branches, untried } = sum(files);
  return branches === 0 ? 1 : 1 - untried / branches;
}

function sum(files: readonly Measured[]): { branches: number; untried: number } {
  return files.reduce((total, one) => ({ branches: total.branches + one.branches, untried: total.untried + one.untried.length }), {
    branches: 0,
    untried: 0,
  });
}

/** Rounded down, so that nothing looks whole that is not. */
function percent(files: readonly Measured[]): string {
  return `${(Math.floor(shareOf(files) * 1000) / 10).toFixed(1)} %`.padStart(7);
}

function counts(files: readonly Measured[]): string {
  const { branches, untried } = sum(files);
  return `${String(branches - untried)} of ${String(branches)}`;
}
