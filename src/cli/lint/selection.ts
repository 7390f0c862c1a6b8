import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { globMatcher, isGlob } from '../../review/index.js';
import { UsageError } from '../usage.js';
import { isInside, languagePath } from '../workspace.js';
import { lookAt, repositoryOf } from './tree.js';
import type { Found } from './tree.js';

const DOCUMENT = /\.(runbook|inventory)\.ya?ml$/;
const SKIPPED = new Set(['node_modules', '.git']);

/** A file of a runbook's or an inventory's name that is not read. */
export interface Refused {
  readonly file: string;
  readonly why: Exclude<Found['kind'], 'file'>;
}

/** What the operands of a command line lead to. */
export interface Selection {
  /** Absolute, with `/`, sorted. */
  readonly files: readonly string[];
  readonly refused: readonly Refused[];
  /** The tree that is worked in: the folder with `.git`, else that where the command is called. */
  readonly root: string;
  /** That and, where operands lie outside of it, the trees they are in. Nothing else is read. */
  readonly roots: readonly string[];
  /** The whole tree was asked for. */
  readonly whole: boolean;
  /** Patterns and folders among the operands that lead to no file. */
  readonly unmatched: readonly string[];
  /** Every operand is a file by its own name, as hooks hand them over. */
  readonly byName: boolean;
}

/** The tree that a command works in, and the one that a folder lies in, should that be another. */
export async function treesAround(cwd: string, folder: string): Promise<readonly [string, ...string[]]> {
  const root = (await repositoryOf(cwd)) ?? cwd;
  return isInside(root, folder) ? [root] : [root, (await repositoryOf(folder)) ?? folder];
}

/** Finds the files that operands name: files as they are, folders and patterns searched. Throws {@link UsageError} for what is not there. */
export async function selectFiles(cwd: string, operands: readonly string[]): Promise<Selection> {
  const [root] = await treesAround(cwd, cwd);
  const search = new Search([root]);
  const asked = operands.length === 0 ? ['.'] : operands;
  const unmatched: string[] = [];
  let byName = true;
  for (const operand of asked) {
    if (operand === '') throw new UsageError('One of the operands is empty; name a file, a folder or a pattern.', 'lint');
    const path = resolve(cwd, operand);
    const found = await lstat(path).catch(() => undefined);
    let count = 1;
    if (found === undefined && isGlob(operand)) count = await search.matching(cwd, operand);
    else if (found === undefined) throw new UsageError(`${operand} does not exist.`, 'lint');
    else if (found.isDirectory() || (await isFolder(path))) count = await search.below(path, operand);
    else if (DOCUMENT.test(path)) await search.file(path);
    else
      throw new UsageError(
        `${operand} is neither a runbook nor an inventory: their names end in .runbook.yaml and .inventory.yaml.`,
        'lint',
      );
    if (count === 0) unmatched.push(operand);
    byName &&= found?.isDirectory() === false && DOCUMENT.test(path);
  }
  return {
    files: [...search.files].sort(),
    refused: [...search.refused.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    root: languagePath(cwd, root),
    roots: search.roots,
    whole: asked.some((operand) => resolve(cwd, operand) === root),
    unmatched,
    byName,
  };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

class Search {
  readonly files = new Set<string>();
  readonly refused = new Map<string, Refused>();
  readonly roots: string[];

  constructor(roots: readonly string[]) {
    this.roots = [...roots];
  }

  async file(path: string): Promise<void> {
    await this.#admit(dirname(path));
    await this.#look(path);
  }

  /** Gives how many files there are below. */
  async below(folder: string, operand: string): Promise<number> {
    await this.#admit(folder);
    if ((await lookAt(folder, this.roots)).kind === 'outside')
      throw new UsageError(`${operand} is a symbolic link that leads out of this tree; name the folder itself.`, 'lint');
    return this.#walk(folder, () => true);
  }

  /** Gives how many files match. */
  async matching(cwd: string, pattern: string): Promise<number> {
    const parts = pattern.split(/[/\\]/);
    const fixed = parts.slice(0, parts.findIndex(isGlob));
    const base = resolve(cwd, fixed.join('/') || (pattern.startsWith('/') ? '/' : '.'));
    if ((await lstat(base).catch(() => undefined))?.isDirectory() !== true) return 0;
    await this.#admit(base);
    const matches = globMatcher(parts.slice(fixed.length).join('/'));
    return this.#walk(base, (path) => matches(relative(base, path).replaceAll(sep, '/')));
  }

  /** What the operator names may lie elsewhere; what it leads to may not. */
  async #admit(folder: string): Promise<void> {
    if (!this.roots.some((root) => isInside(root, folder))) this.roots.push((await repositoryOf(folder)) ?? folder);
  }

  async #walk(folder: string, wanted: (path: string) => boolean): Promise<number> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
      throw new UsageError(`The folder ${folder} cannot be read.`, 'lint');
    });
    let count = 0;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) count += await this.#walk(path, wanted);
      } else if (DOCUMENT.test(entry.name) && wanted(path)) {
        count++;
        if (entry.isFile()) this.files.add(path.replaceAll(sep, '/'));
        else await this.#look(path);
      }
    }
    return count;
  }

  async #look(path: string): Promise<void> {
    const file = path.replaceAll(sep, '/');
    const found = await lookAt(file, this.roots);
    if (found.kind === 'file') this.files.add(file);
    else this.refused.set(file, { file, why: found.kind });
  }
}
