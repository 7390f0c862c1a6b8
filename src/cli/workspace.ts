import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { MAX_FILE_BYTES } from '../language/index.js';
import type { Workspace } from '../language/index.js';

/** Files of this machine, as the language reads them: `/` between parts, nothing but regular files. */
export const fileWorkspace: Workspace = {
  async readText(file) {
    try {
      const found = await stat(file);
      if (!found.isFile() || found.size > MAX_FILE_BYTES) return undefined;
      return await readFile(file, 'utf8');
    } catch {
      return undefined;
    }
  },
};

/** A path as the language spells it: absolute, with `/`. */
export function languagePath(cwd: string, path: string): string {
  return resolve(cwd, path).replaceAll(sep, '/');
}

/** Whether a path lies in a folder, or is it, going by the names alone. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
