import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { HumanError } from '../../events/index.js';
import { syncDirectory } from './diskIo.js';

const NAME = 'runbook-studio';

/** Where runs are kept when nobody says otherwise: the place the system has for a user's own state. */
export function defaultStateDirectory(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), NAME);
    case 'darwin':
      return join(home, 'Library', 'Application Support', NAME);
    default: {
      const state = env['XDG_STATE_HOME'];
      // The XDG Base Directory Specification has relative paths ignored.
      return join(state?.startsWith('/') === true ? state : join(home, '.local', 'state'), NAME);
    }
  }
}

/** Makes the directory for its owner alone, or checks that it is. Throws a HumanError when others could write into it. */
export function ensurePrivate(path: string): void {
  try {
    const made = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (made !== undefined) {
      chmodSync(path, 0o700);
      syncAbove(path, made);
    }
  } catch (error) {
    throw new HumanError(
      `The directory ${path} cannot be made: ${(error as Error).message}.`,
      'Give another one with --state-dir, or mend its rights.',
    );
  }
  assertPrivate(path);
}

/** Makes the entries of new directories durable: of `path`, and of those around it up to `first`. */
function syncAbove(path: string, first: string): void {
  for (let made = resolve(path); ; made = dirname(made)) {
    syncDirectory(dirname(made));
    if (made.length <= resolve(first).length) return;
  }
}

/** Throws a HumanError unless the path is a directory of this user that nobody else may write into. */
export function assertPrivate(path: string): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) throw unsafe(path, 'is a symbolic link', 'Give the directory it leads to.');
  if (!stats.isDirectory()) throw unsafe(path, 'is not a directory', 'Give another one with --state-dir.');
  if (process.getuid === undefined) return;
  if (stats.uid !== process.getuid()) throw unsafe(path, 'belongs to another user', 'Give one of your own with --state-dir.');
  if ((stats.mode & 0o022) !== 0) throw unsafe(path, 'may be written by others', `Take that right away: chmod go-w ${path}`);
}

function unsafe(path: string, why: string, next: string): HumanError {
  return new HumanError(`The directory ${path} ${why}, so what it says about runs could not be trusted.`, next);
}
