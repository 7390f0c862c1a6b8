import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { createChecker, isInventoryFile, parseUseReference, resolveFile } from '../../language/index.js';
import type { Checker } from '../../language/index.js';
import { changedLines } from '../../review/index.js';
import { commitOf, commonAncestor, objectNameOf, readObjects, readRevision } from '../git/revision.js';
import type { Revision } from '../git/revision.js';
import { findGit } from '../git/runGit.js';
import type { Git } from '../git/runGit.js';
import type { Io } from '../io.js';
import { UsageError } from '../usage.js';
import { treeWorkspace } from './tree.js';

/** What is different from a commit: committed since, staged, not staged, or not known to git at all. */
export interface Changes {
  /** Of the files asked about, those that changed and the runbooks that use what has changed. */
  readonly affected: readonly string[];
  /** Texts of the commit, for all files that changed and were there. */
  readonly before: ReadonlyMap<string, string>;
  /** Files that were not in the commit. */
  readonly added: ReadonlySet<string>;
  /** Lines of a file, from 1, that are not in the commit. */
  lines(file: string, text: string): ReadonlySet<number>;
}

/**
 * Compares files on disk with the commit where this branch left `reference`. Asks git for objects alone: no diff driver, filter, hook or
 * network is used. Throws {@link UsageError} where there is no git, no repository, or no such commit.
 */
export async function changesSince(
  reference: string,
  files: readonly string[],
  tree: { readonly root: string; readonly roots: readonly string[] },
  io: Pick<Io, 'env'>,
): Promise<Changes> {
  const git = await findGit(tree.root, io.env, tree.root);
  if (git === undefined) throw new UsageError('--changed-since asks git, and there is none on the PATH.', 'lint');
  const top = await topOf(git);
  const base = await commonAncestor(git, await commitOf(git, reference, 'lint'), await commitOf(git, 'HEAD', 'lint'), 'lint');
  const comparison = new Comparison(await readRevision(git, base), top, tree);
  const affected = await comparison.affected(files);
  const changed = [...comparison.changed].flatMap(([file, object]) => (object === undefined ? [] : [[file, object] as const]));
  const texts = await readObjects(
    git,
    changed.map(([, object]) => object),
  );
  const before = new Map(changed.map(([file, object]) => [file, texts.get(object) ?? '']));
  return {
    affected,
    before,
    added: new Set([...comparison.changed].flatMap(([file, object]) => (object === undefined ? [file] : []))),
    lines(file, text) {
      if (!comparison.changed.has(file)) return new Set();
      return before.has(file) ? changedLines(before.get(file) ?? '', text) : everyLine(text);
    },
  };
}

async function topOf(git: Git): Promise<string> {
  const { code, out, complaint } = await git.ask(['rev-parse', '--show-toplevel']);
  if (code !== 0) throw new UsageError(`--changed-since wants a git repository: ${complaint}.`, 'lint');
  return out.toString('utf8').replace(/\r?\n$/, '');
}

function everyLine(text: string): ReadonlySet<number> {
  return new Set(text.split(/\r\n|\n|\r/).map((_, index) => index + 1));
}

/** Looks at files one by one, and at what they use, and remembers what it saw. */
class Comparison {
  /** Files that are not as they were, with the object that holds what they were. */
  readonly changed = new Map<string, string | undefined>();
  readonly #seen = new Set<string>();
  readonly #uses = new Map<string, readonly string[]>();
  readonly #revision: Revision;
  readonly #top: string;
  readonly #tree: { readonly root: string; readonly roots: readonly string[] };
  readonly #service: Checker;

  constructor(revision: Revision, top: string, tree: { readonly root: string; readonly roots: readonly string[] }) {
    this.#revision = revision;
    this.#top = top;
    this.#tree = tree;
    this.#service = createChecker({ workspace: treeWorkspace(tree.roots) });
  }

  async affected(files: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const file of files) if (await this.#isAffected(file)) found.push(file);
    return found;
  }

  async #isAffected(file: string): Promise<boolean> {
    const queue = [file];
    const reached = new Set(queue);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      await this.#look(next);
      if (this.changed.has(next)) return true;
      for (const used of this.#uses.get(next) ?? []) {
        if (reached.has(used)) continue;
        reached.add(used);
        queue.push(used);
      }
    }
    return false;
  }

  async #look(file: string): Promise<void> {
    if (this.#seen.has(file)) return;
    this.#seen.add(file);
    const text = await treeWorkspace(this.#tree.roots).readText(file);
    const before = this.#revision.files.get(await this.#pathInRepository(file));
    if (text === undefined) {
      // What was there and is not must be looked for where it was used.
      if (before !== undefined) this.changed.set(file, before);
      return;
    }
    if (before === undefined || objectNameOf(Buffer.from(text), before) !== before) this.changed.set(file, before);
    this.#uses.set(file, isInventoryFile(file) ? [] : this.#usedBy(file, text));
  }

  async #pathInRepository(file: string): Promise<string> {
    const root = await realpath(this.#tree.root).catch(() => this.#tree.root);
    const inTree = relative(this.#tree.root, file);
    return relative(this.#top, `${root}${sep}${inTree}`).replaceAll(sep, '/');
  }

  /** Files that a runbook names; of a broken one, everything that looks like it. */
  #usedBy(file: string, text: string): readonly string[] {
    const { value } = this.#service.parseRunbook(file, text);
    const references =
      value === undefined ? [...text.matchAll(/[^\s"'{},[\]]{1,300}\.runbook\.ya?ml/g)].map(([name]) => name) : usesIn(value);
    return references.flatMap((reference) => {
      const named = parseUseReference(reference)?.file;
      return named === undefined ? [] : [resolveFile(file, named)];
    });
  }
}

/** Every `use`, however deep. */
function usesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (key === 'use' && typeof member === 'string' ? [member] : usesIn(member)));
}
