import { posix, relative, resolve, sep } from 'node:path';
import { CONFIGURATION_FILE, POLICY_FILE } from '../../review/index.js';
import { commitOf, commonAncestor, readObjects, readRevision } from '../git/revision.js';
import { findGit } from '../git/runGit.js';
import type { Git } from '../git/runGit.js';
import type { Io } from '../io.js';
import { repositoryOf } from '../lint/tree.js';
import { UsageError } from '../usage.js';
import type { Side } from './sides.js';

/** `main..HEAD`, or with three dots: since where the second one left the first. */
const RANGE = /^(?<base>.*?)(?<dots>\.{2,3})(?<head>.*)$/s;

/** Two commits of the repository that a folder is in. */
export interface GitSides {
  readonly old: Side;
  readonly now: Side;
  /** The name in the repository of a path of this machine; undefined for one outside of it. */
  nameOf(path: string): string | undefined;
}

/** Whether an operand names two commits. A document is a file, whatever dots there are in its path. */
export function isRange(operand: string): boolean {
  return RANGE.test(operand) && !/\.ya?ml$/.test(operand);
}

/**
 * Reads two commits without touching the work tree: git is asked for objects alone, so no filter, driver, hook or network has a part in it. Throws
 * {@link UsageError} where there is no git, no repository, or no such commit, as in a clone without its history.
 */
export async function gitSides(range: string, io: Pick<Io, 'cwd' | 'env'>): Promise<GitSides> {
  const { base = '', dots, head = '' } = RANGE.exec(range)?.groups ?? {};
  const root = await repositoryOf(io.cwd);
  if (root === undefined) throw new UsageError(`${range} names two commits, but this folder is in no git repository.`, 'diff');
  const git = await findGit(io.cwd, io.env, root);
  if (git === undefined) throw new UsageError('Two commits are read with git, and there is none on the PATH.', 'diff');
  const prefix = await prefixOf(git);
  const [first, second] = [await commitOf(git, base || 'HEAD', 'diff'), await commitOf(git, head || 'HEAD', 'diff')];
  const start = dots === '...' ? await commonAncestor(git, first, second, 'diff') : first;
  return {
    old: await sideOf(git, base || 'HEAD', start),
    now: await sideOf(git, head || 'HEAD', second),
    nameOf(path) {
      const name = posix.normalize(`${prefix}${relative(io.cwd, resolve(io.cwd, path)).replaceAll(sep, '/')}`).replace(/^\.?\/?$|\/$/, '');
      return name === '..' || name.startsWith('../') ? undefined : name;
    },
  };
}

/** Where a folder is in its repository: empty at the top, else with a `/` at its end. */
async function prefixOf(git: Git): Promise<string> {
  const { code, out, complaint } = await git.ask(['rev-parse', '--show-prefix']);
  if (code !== 0) throw new UsageError(`git cannot read this repository: ${complaint}.`, 'diff');
  return out.toString('utf8').replace(/\r?\n$/, '');
}

async function sideOf(git: Git, name: string, commit: string): Promise<Side> {
  const { files, special } = await readRevision(git, commit);
  const ours = new Map([...files].filter(([file]) => isRead(file)));
  const texts = await readObjects(git, [...ours.values()]);
  return {
    name,
    commit,
    files: [...ours.keys()],
    special: new Map([...special].filter(([file]) => isRead(file))),
    mark: (file) => ours.get(file),
    text: (file) => Promise.resolve(texts.get(ours.get(file) ?? '')),
  };
}

/** What is looked at: documents by their names, and what teams set for the linter and for reviews. */
function isRead(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return /\.(runbook|inventory)\.ya?ml$/.test(name) || name === CONFIGURATION_FILE || name === POLICY_FILE;
}
