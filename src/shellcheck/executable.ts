import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, relative } from 'node:path';

const NAME = process.platform === 'win32' ? 'shellcheck.exe' : 'shellcheck';

/**
 * The ShellCheck of this machine: the first on a search path, as `PATH` gives it. Entries that are not absolute do not count, nor does anything
 * that lies in one of the folders under check or leads through one: what is to be checked does not bring its own checker.
 * Undefined where there is none.
 */
export async function findShellCheck(searchPath: string | undefined, underCheck: readonly string[]): Promise<string | undefined> {
  const folders = await Promise.all(underCheck.flatMap((folder) => [Promise.resolve(folder), realpath(folder).catch(() => folder)]));
  const isUnderCheck = (path: string): boolean => folders.some((folder) => isWithin(folder, path));
  for (const entry of (searchPath ?? '').split(delimiter)) {
    if (!isAbsolute(entry)) continue;
    const candidate = join(entry, NAME);
    const real = await executableAt(candidate);
    if (real !== undefined && !isUnderCheck(candidate) && !isUnderCheck(real)) return real;
  }
  return undefined;
}

async function executableAt(path: string): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    await access(real, constants.X_OK);
    return (await stat(real)).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way.split(/[\\/]/)[0] !== '..');
}
