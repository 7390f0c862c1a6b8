import { join } from 'node:path';
import { root } from './setup/command.mjs';
import { inGroups, testFiles } from './testFiles.mjs';

const tool = (/** @type {string} */ path) => join(root, 'node_modules', path);
const tsx = tool('tsx/dist/cli.mjs');
const mocha = tool('mocha/bin/mocha.js');
const reporter = ['--reporter', 'test/support/tallyReporter.cjs'];

/** What ESLint found in files that have not changed since. It knows files only, not what they import, so `npm test` begins without it. */
export const lintCache = join(root, 'out/eslint');

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {readonly string[]} args for Node
 * @property {boolean} [tests] its own tests are counted; without it, it counts as one
 */

const files = testFiles();

/** @type {readonly Check[]} What `npm run check` runs: offline, under a minute. The longest come first, since two run at a time. */
export const quickChecks = [
  {
    name: 'lint',
    args: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0', '--cache', '--cache-strategy=content', `--cache-location=${lintCache}`],
  },
  { name: 'unit tests', args: [mocha, ...reporter, ...files.quick], tests: true },
  { name: 'types', args: [tool('typescript/bin/tsc'), '-b'] },
  {
    name: 'format',
    args: [
      tool('prettier/bin/prettier.cjs'),
      '.',
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      '--cache-location=out/prettier',
    ],
  },
  { name: 'generated files', args: [tsx, 'scripts/generate.ts', '--check'] },
  { name: 'language reference', args: [tsx, 'scripts/languageReference.ts', '--check'] },
  { name: 'pages of rules', args: [tsx, 'scripts/rulePages.ts', '--check'] },
  { name: 'page of capabilities', args: [tsx, 'scripts/capabilitiesPage.ts', '--check'] },
];

/** @type {readonly Check[]} Every other test outside VS Code: generated texts, real servers, the lab, the browser, the built command line. */
export const integrationTests = inGroups(files.integration).map((group) => ({
  name: `tests of ${group.name.replace(/\/$|\.test\.ts$/, '')}`,
  args: [mocha, ...reporter, ...group.files],
  tests: true,
}));

/** @type {Check} Every fault of the engine's contract, as often as a change deserves. */
export const faults = { name: 'faults', args: [tsx, 'test/faults/main.ts', '--profile', 'pr'], tests: true };

/** @type {Check} The suite in a real VS Code, from the source folder. */
export const insideChecks = { name: 'inside VS Code', args: ['test/host/runInside.mjs'], tests: true };

/** @type {Check} The suite that looks at a real VS Code from outside, as a person does. */
export const windowChecks = {
  name: 'in the window of VS Code',
  args: [mocha, ...reporter, '--timeout', '300000', ...files.window],
  tests: true,
};
