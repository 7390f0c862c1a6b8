import { isAbsolute, relative } from 'node:path';
import type { Workspace } from '../../language/index.js';

/** What {@link revisionWorkspace} needs of a repository. */
export interface TextsAt {
  /** Absolute path of its folder. */
  readonly root: string;
  textAt(revision: string, path: string): Promise<string | undefined>;
}

/**
 * Files as they were at a revision, under the names they have now: what a runbook uses is read from there, too. Nothing outside the repository
 * is read, and nothing that is there only now.
 */
export function revisionWorkspace(repository: TextsAt, revision: string): Workspace {
  return {
    async readText(file) {
      const way = relative(repository.root, file);
      const outside = way === '' || isAbsolute(way) || way.split(/[\\/]/)[0] === '..';
      return outside ? undefined : repository.textAt(revision, file);
    },
  };
}
