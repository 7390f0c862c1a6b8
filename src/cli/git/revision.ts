import { createHash } from 'node:crypto';
import { UsageError } from '../usage.js';
import type { Git } from './runGit.js';
import { unknownCommit } from './unknownCommit.js';

/** The files of one commit; paths are relative to the top of the repository, with `/`. */
export interface Revision {
  /** The commit. */
  readonly id: string;
  /** By path: the object that holds the text of a regular file. Symbolic links and submodules are left out. */
  readonly files: ReadonlyMap<string, string>;
  /** Those, by path: what they lead to, as an object. */
  readonly special: ReadonlyMap<string, string>;
}

/** The commit that a name means. Throws {@link UsageError} where there is none. */
export async function commitOf(git: Git, name: string, command: string): Promise<string> {
  const { code, out } = await git.ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const id = out.toString('utf8').trim();
  if (code !== 0 || !/^[0-9a-f]{40,64}$/.test(id)) throw new UsageError(await unknownCommit(git, name), command);
  return id;
}

/** Where two commits last had the same history. Throws {@link UsageError} where none is known, as in a clone without history. */
export async function commonAncestor(git: Git, one: string, other: string, command: string): Promise<string> {
  const { code, out } = await git.ask(['merge-base', one, other]);
  const id = out.toString('utf8').trim().split('\n')[0] ?? '';
  if (code !== 0 || id === '')
    throw new UsageError('The two commits have no common ancestor here. Fetch more history: git fetch --unshallow.', command);
  return id;
}

/** The files of a commit. */
export async function readRevision(git: Git, id: string): Promise<Revision> {
  const { code, out, complaint } = await git.ask(['ls-tree', '-r', '-z', '--full-tree', id]);
  if (code !== 0) throw new UsageError(`git cannot list the files of ${id}: ${complaint}.`);
  const files = new Map<string, string>();
  const special = new Map<string, string>();
  for (const line of out.toString('utf8').split('\0')) {
    const [, mode, object, path] = /^(\d+) (?:blob|commit) ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    if (object !== undefined && path !== undefined) (mode?.startsWith('100') === true ? files : special).set(path, object);
  }
  return { id, files, special };
}

/** Texts of objects, in one call. Throws {@link UsageError} where one cannot be read, as in a clone without its objects. */
export async function readObjects(git: Git, objects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (objects.length === 0) return texts;
  const { out, complaint } = await git.ask(['cat-file', '--batch'], `${[...new Set(objects)].join('\n')}\n`);
  let at = 0;
  while (at < out.length) {
    const end = out.indexOf(10, at);
    const [id = '', kind, size] = out.toString('utf8', at, end).split(' ');
    if (kind !== 'blob') throw new UsageError(`git has no object ${id} here. ${complaint} Fetch it first.`);
    const from = end + 1;
    texts.set(id, out.toString('utf8', from, from + Number(size)));
    at = from + Number(size) + 1;
  }
  return texts;
}

/** What git would call a text, given another name it uses for texts: SHA-1 or SHA-256, by its length. */
export function objectNameOf(content: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash
    .update(`blob ${String(content.byteLength)}\0`)
    .update(content)
    .digest('hex');
}
