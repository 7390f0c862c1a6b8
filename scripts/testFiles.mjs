import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/command.mjs';

/** Folders of tests that need neither a server, a browser nor a bundle. */
const QUICK = [
  'language',
  'planner',
  'review',
  'events',
  'protocol',
  'syntaxes',
  'snippets',
  'docs',
  'extension',
  'cli',
  'engine/journal',
  'engine/secrets',
  'engine/terminal',
];

/** Files and folders that try hundreds of generated texts or everything there is, and take longer than the rest of the quick ones together. */
const SLOW = [
  'language/fuzz.test.ts',
  'language/features/actions/overGenerated.test.ts',
  'language/features/navigationFuzz.test.ts',
  'language/rename/',
  'language/schema/differential.test.ts',
  'language/parser/malformed.test.ts',
  'language/parser/plainReader.test.ts',
  'language/parser/syntaxRules.test.ts',
  'planner/digest.test.ts',
  'planner/expansion/largePlans.test.ts',
  'planner/proof/',
  'planner/property/property.test.ts',
  'planner/report/agreement.test.ts',
  'planner/silence/silence.test.ts',
  'review/difference/',
  'review/lint/suppressionEdit.test.ts',
  'review/lint/anyText.test.ts',
  'cli/beginning.test.ts',
  'cli/diff/',
  'cli/lint/changedSince.test.ts',
  'cli/lint/formats/',
  'cli/lint/hostile.test.ts',
  'cli/runs.test.ts',
  'cli/signals.test.ts',
  'cli/takeOver.test.ts',
  'engine/journal/follow.test.ts',
  'engine/journal/journalFile.test.ts',
  'engine/journal/lock.test.ts',
  'syntaxes/grammar.test.ts',
];

/**
 * What takes a minute or more by itself, the longest first: each is begun before everything else, so that none is left over for the end.
 * A name that ends with `/` is a folder.
 */
const LONGEST = [
  'mutants/',
  'journeys/removal.test.ts',
  'planner/property/property.test.ts',
  'lab/',
  'journeys/kill.test.ts',
  'journeys/examples.test.ts',
  'journeys/faults.test.ts',
  'journeys/orders.test.ts',
  'engine/',
  'capabilities/',
];

/**
 * Every test file by how it is run: `quick` in `npm run check`, `window` in a window of VS Code, `integration` all others outside VS Code.
 * @returns {{ quick: string[], integration: string[], window: string[] }}
 */
export function testFiles() {
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules/'));
  const quick = all.filter(
    (file) => !SLOW.some((slow) => file.startsWith(slow)) && (!file.includes('/') || QUICK.some((folder) => file.startsWith(`${folder}/`))),
  );
  const window = all.filter((file) => file.startsWith('e2e/window/'));
  const integration = all.filter((file) => !quick.includes(file) && !file.startsWith('e2e/'));
  const paths = (/** @type {string[]} */ files) => files.sort().map((file) => `test/${file}`);
  return { quick: paths(quick), integration: paths(integration), window: paths(window) };
}

/**
 * Parts files that can run side by side: the longest by themselves and in front, all others by their folder.
 * @param {readonly string[]} files as {@link testFiles} gives them
 * @returns {{ name: string, files: string[] }[]}
 */
export function inGroups(files) {
  const left = files.map((file) => file.replace(/^test\//, ''));
  const groups = new Map(LONGEST.map((name) => [name, /** @type {string[]} */ ([])]));
  for (const file of left) {
    const name = LONGEST.find((longest) => file.startsWith(longest)) ?? file.replace(/[^/]*$/, '').replace(/^([^/]+\/).*/, '$1');
    groups.set(name, [...(groups.get(name) ?? []), `test/${file}`]);
  }
  return [...groups].filter(([, members]) => members.length > 0).map(([name, members]) => ({ name, files: members }));
}
