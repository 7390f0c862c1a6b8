import { readFileSync, realpathSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MAX_FILE_BYTES } from '../../language/index.js';
import type { Workspace } from '../../language/index.js';
import { isInside } from '../workspace.js';

/** What a path leads to, for somebody who may see only what lies in a tree. */
export type Found =
  | { readonly kind: 'file'; readonly real: string; readonly mode: number }
  | { readonly kind: 'missing' | 'outside' | 'special' | 'too-large' };

/** The folder with `.git` that a path lies in; undefined where there is none. Looks, opens nothing. */
export async function repositoryOf(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(`${at}/.git`).catch(() => undefined)) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** What a path leads to. Nothing outside the roots is opened, wherever symbolic links lead. */
export function lookAt(file: string, roots: readonly string[]): Promise<Found> {
  return Promise.resolve(lookNow(file, roots));
}

// Calls that wait: with nothing else to do meanwhile, promises of a thousand small files cost several times as much.
function lookNow(file: string, roots: readonly string[]): Found {
  if (!roots.some((root) => isInside(root, file))) return { kind: 'outside' };
  return unlessMissing(() => lookBehindLinks(file, roots)) ?? { kind: 'missing' };
}

/** Throws where something on the way is missing. */
function lookBehindLinks(file: string, roots: readonly string[]): Found {
  const real = realpathSync.native(file);
  if (!roots.some((root) => isInside(realRoot(root), real))) return { kind: 'outside' };
  const found = statSync(real);
  if (!found.isFile()) return { kind: 'special' };
  return found.size > MAX_FILE_BYTES ? { kind: 'too-large' } : { kind: 'file', real, mode: found.mode };
}

/** Files of this machine that lie in the given folders, and no others: `use: ../../etc/passwd` finds nothing, nor does a symbolic link. */
export function treeWorkspace(roots: readonly string[]): Workspace {
  return {
    readText(file) {
      const found = lookNow(file, roots);
      return Promise.resolve(found.kind === 'file' ? unlessMissing(() => readFileSync(found.real, 'utf8')) : undefined);
    },
  };
}

function unlessMissing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** A root is looked up so often at most: a program that runs all day must notice when a link is set to another folder. */
const FRESH_MS = 1000;
const realRoots = new Map<string, { readonly real: string; readonly until: number }>();

function realRoot(root: string): string {
  const known = realRoots.get(root);
  const now = performance.now();
  if (known !== undefined && now < known.until) return known.real;
  const real = realpathSync.native(root);
  realRoots.set(root, { real, until: now + FRESH_MS });
  return real;
}
