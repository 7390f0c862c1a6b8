import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { posix } from 'node:path';
import { execute } from './execute.mjs';
import { ReviewError } from './inputs.mjs';

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Nothing that a repository configures is to run while its objects are read. */
const CAREFUL = ['-c', 'core.fsmonitor=', '-c', 'core.hooksPath=/dev/null', '--literal-pathspecs'];

/**
 * The commit that a pull request, or a group of the merge queue, starts from.
 * @param {NodeJS.ProcessEnv} env as the runner sets it
 * @param {string} workspace the checkout
 * @returns {Promise<string | undefined>} undefined where the event is about neither
 * @throws {ReviewError} where the checkout does not reach back to it
 */
export async function baseCommit(env, workspace) {
  const event = readEvent(env['GITHUB_EVENT_PATH']);
  const merged = await mergedInto(workspace, event?.pull_request?.head?.sha);
  if (merged !== undefined) return merged;
  const said = event?.pull_request?.base?.sha ?? event?.merge_group?.base_sha;
  const branch = env['GITHUB_BASE_REF'] ?? '';
  if (said === undefined && branch === '') return undefined;
  const named = typeof said === 'string' && COMMIT.test(said) ? said : `refs/remotes/origin/${branch}`;
  const { code, out } = await git(workspace, ['merge-base', '--end-of-options', named, 'HEAD']);
  const commit = out.toString('utf8').trim();
  if (code === 0 && COMMIT.test(commit)) return commit;
  throw new ReviewError(
    'The checkout does not reach back to where this change starts from, so nothing can be compared. Set "fetch-depth: 0" for actions/checkout.',
  );
}

/**
 * The state of the base branch that the runner has merged a change into: what has happened there since the change was made is none of its doing.
 * @param {string} workspace
 * @param {unknown} change the last commit of the pull request
 * @returns {Promise<string | undefined>} undefined where something else is checked out
 */
async function mergedInto(workspace, change) {
  if (typeof change !== 'string') return undefined;
  const { out } = await git(workspace, ['rev-list', '--parents', '--max-count=1', 'HEAD']);
  const [, into, from, ...more] = out.toString('utf8').trim().split(' ');
  return from === change && more.length === 0 ? into : undefined;
}

/**
 * A regular file as it is in a commit; undefined where there is none by that name.
 * @param {string} workspace
 * @param {string} commit
 * @param {string} path relative to the root of the repository
 * @returns {Promise<Buffer | undefined>}
 */
export async function fileAt(workspace, commit, path) {
  const name = posix.normalize(path.replaceAll('\\', '/'));
  if (posix.isAbsolute(name) || name === '..' || name.startsWith('../')) {
    throw new ReviewError(`"${path}" lies outside the repository. Name a path inside it, or set "trust-config: head".`);
  }
  const { out } = await git(workspace, ['ls-tree', '-z', '--full-tree', commit, '--', name]);
  const object = /^100(?:644|755) blob ([0-9a-f]+)\t/.exec(out.toString('utf8'))?.[1];
  if (object === undefined) return undefined;
  const content = await git(workspace, ['cat-file', 'blob', object]);
  if (content.code !== 0) throw new ReviewError(`"${path}" of the base branch cannot be read: ${content.err.trim()}`);
  return content.out;
}

/**
 * @param {string} workspace
 * @param {readonly string[]} args
 */
async function git(workspace, args) {
  try {
    // Called from elsewhere: Windows looks for programs in the current folder first.
    return await execute('git', ['-C', workspace, ...CAREFUL, '-c', `safe.directory=${workspace}`, ...args], { cwd: tmpdir() });
  } catch {
    throw new ReviewError('There is no git on this runner, which the comparison needs.');
  }
}

/** @param {string | undefined} path */
function readEvent(path) {
  if (path === undefined || path === '') return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new ReviewError(`The event of this run cannot be read from ${path}.`);
  }
}
