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
  'language/schema/differential.test.ts',
  'language/parser/malformed.test.ts',
  'planner/expansion/largePlans.test.ts',
  'planner/proof/effort.test.ts',
  'planner/property/property.test.ts',
  'planner/silence/silence.test.ts',
  'review/difference/',
  'review/lint/suppressionEdit.test.ts',
  'review/lint/anyText.test.ts',
  'cli/diff/',
  'cli/lint/formats/',
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
