import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.mjs';

/**
 * Where things are, and what a review goes by.
 * @typedef {object} Review
 * @property {import('./inputs.mjs').Inputs} inputs
 * @property {string} command the command line, a module for Node
 * @property {string} workspace the checkout
 * @property {string} temporary a folder of this review alone
 * @property {string | undefined} base the commit that a pull request starts from
 * @property {Awaited<ReturnType<typeof import('./judges.mjs').judges>>} judge
 */

/**
 * What one command found.
 * @typedef {object} Found
 * @property {number} code as the command line ends: 0 nothing that fails, 1 something, else it did not work
 * @property {string} log for standard output
 * @property {string} complaints from standard error
 * @property {string} markdown
 * @property {number | undefined} count findings, or dangerous changes; undefined where it did not work
 */

/**
 * Checks the files, and writes the findings as SARIF too.
 * @param {Review} review
 * @param {string} sarif
 * @returns {Promise<Found>}
 */
export async function lint(review, sarif) {
  const { inputs, base, judge, temporary } = review;
  if (inputs.files.join() === '.' && !hasDocuments(review.workspace)) {
    return { code: 0, log: '', complaints: '', markdown: 'This repository has no runbooks.', count: 0 };
  }
  const ended = await run(review, [
    'lint',
    ...['--format', 'json', '-o', join(temporary, 'lint.json'), '--format', 'markdown', '-o', join(temporary, 'lint.md')],
    ...['--format', 'sarif', '-o', sarif, '--format', inputs.format],
    ...(inputs.failOn === '' ? [] : ['--fail-on', inputs.failOn]),
    ...(base !== undefined && inputs.changedOnly ? ['--changed-since', base] : []),
    ...judge.lint,
    '--',
    ...inputs.files,
  ]);
  const report = read(temporary, 'lint.json');
  return { ...ended, markdown: read(temporary, 'lint.md'), count: report === '' ? undefined : JSON.parse(report).findings.length };
}

/**
 * Says what the change means since a commit.
 * @param {Review} review
 * @param {string} since
 * @returns {Promise<Found>}
 */
export async function diff(review, since) {
  const { judge, temporary } = review;
  const ended = await run(review, [
    'diff',
    ...[
      '--format',
      'json',
      '-o',
      join(temporary, 'diff.json'),
      '--format',
      'markdown',
      '-o',
      join(temporary, 'diff.md'),
      '--format',
      'github',
    ],
    ...judge.diff,
    '--',
    `${since}..HEAD`,
  ]);
  const report = read(temporary, 'diff.json');
  return { ...ended, markdown: read(temporary, 'diff.md'), count: report === '' ? undefined : JSON.parse(report).counts.dangerous };
}

/**
 * @param {Review} review
 * @param {readonly string[]} args
 */
async function run({ command, workspace }, args) {
  const { code, out, err } = await execute(process.execPath, [command, ...args], { cwd: workspace });
  return { code, log: out.toString('utf8'), complaints: err };
}

/**
 * @param {string} folder
 * @param {string} name
 */
function read(folder, name) {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/**
 * Whether there is a runbook or an inventory anywhere: a pull request in a repository without any is no failure.
 * @param {string} folder
 * @returns {boolean}
 */
function hasDocuments(folder) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? entry.name !== '.git' && entry.name !== 'node_modules' && hasDocuments(join(folder, entry.name))
      : /\.(runbook|inventory)\.ya?ml$/.test(entry.name),
  );
}
