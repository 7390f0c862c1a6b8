// `npm run coverage`: the branches of the engine that its tests do not take. `npm run coverage -- journal steps/run` looks at those parts only, with
// the tests of the same name.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { barOf, LEAST_OF_THE_REST, PATH_MODULES } from './coverage/bars.js';
import { readExecutions } from './coverage/executions.js';
import { measure } from './coverage/measure.js';
import type { Measured } from './coverage/measure.js';
import { recorded } from './coverage/recording.js';

const root = resolve(import.meta.dirname, '..');
const parts = process.argv.slice(2);

/** Tests outside of `test/engine` that drive the engine as people do: by what it is asked, and what it is answered. The longest come first. */
const DRIVERS: readonly (readonly string[])[] = [
  ['test/journeys/examples', 'test/journeys/hostKeys'],
  ['test/examples'],
  ['test/cli/journal', 'test/cli/reporters', 'test/cli/lint/hostile', 'test/language/model/useReference'],
];
const commands = readdirSync(join(root, 'test/cli')).filter((file) => file.endsWith('.test.ts'));
const all = ['runner', 'transports/ssh', 'transports/posix', 'steps', 'journal', 'probes'];
const groups = (
  parts.length > 0
    ? parts.map((part) => filesOf(join('test/engine', part), '.test.ts'))
    : [
        ...DRIVERS.map((group) => group.flatMap((place) => filesOf(place, '.test.ts'))),
        ...all.map((part) => filesOf(join('test/engine', part), '.test.ts')),
        filesOf('test/engine', '.test.ts').filter((file) => !all.some((part) => file.startsWith(`test/engine/${part}/`))),
        commands.map((file) => join('test/cli', file)),
      ]
).filter((group) => group.length > 0);
const sources = [
  ...(parts.length === 0 ? [''] : parts).flatMap((part) => filesOf(join('src/engine', part), '.ts')),
  ...(parts.length === 0 ? PATH_MODULES.filter((file) => !file.startsWith('src/engine/')) : []),
];
if (groups.length === 0 || sources.length === 0) {
  console.error(`Nothing in src/engine and test/engine is called ${parts.join(' or ')}.`);
  process.exit(2);
}
const directory = mkdtempSync(join(tmpdir(), 'coverage-'));
try {
  const before = new Map(sources.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const { records, passed, skipped } = await recorded(groups, directory);
  const executions = readExecutions(records, (file) => sources.includes(relative(root, file)));
  const missed = report(sources.map((file) => ({ ...measure(join(root, file), executions.get(join(root, file)) ?? []), file })));
  if (skipped.length > 0) console.log(`\nSkipped here, so the branches that only they take count as not tried:\n${skipped.join('\n')}`);
  // Counts belong to places in the text that was run.
  const changed = sources.filter((file) => readFileSync(join(root, file), 'utf8') !== before.get(file));
  const wrong = [
    ...(passed ? [] : ['a test has failed']),
    ...(changed.length === 0 ? [] : [`measure again: these were changed meanwhile, so their figures are wrong: ${changed.join(', ')}`]),
    ...missed,
  ];
  console.log(wrong.length === 0 ? '\nEvery bar is held.' : `\nNot held: ${wrong.join('; ')}.`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
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

/** Prints the share of each folder, and of each file that is below the bar what its tests do not try. Answers which bars are missed. */
function report(measured: readonly Measured[]): readonly string[] {
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
  return [
    ...(restHeld ? [] : [`the rest reaches ${percent(rest).trim()} of its branches`]),
    ...(missed === 0 ? [] : [`${String(missed)} of the files that must reach 100 % miss it`]),
  ];
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
