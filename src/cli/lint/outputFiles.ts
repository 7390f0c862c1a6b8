import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CONFIGURATION_FILE, POLICY_FILE } from '../../review/index.js';
import { UsageError } from '../usage.js';

const WHAT_TEAMS_WRITE = /\.(?:runbook|inventory)\.ya?ml$/i;

/** Whether a file of this name is written by people and read here: a report or a baseline of that name would take its place. */
export function isWrittenByPeople(file: string): boolean {
  const name = basename(file);
  return WHAT_TEAMS_WRITE.test(name) || name === CONFIGURATION_FILE || name === POLICY_FILE;
}

/**
 * Throws {@link UsageError} where a report would take the place of a file that is read, or of another report, however their paths are spelt.
 * `inputs`: what is read besides runbooks and inventories; undefined where it was not named.
 */
export async function refuseOverwriting(
  outputs: readonly string[],
  inputs: readonly (string | undefined)[],
  cwd: string,
  command: string,
): Promise<void> {
  const read = new Set(await Promise.all(inputs.flatMap((file) => (file === undefined ? [] : identityOf(cwd, file)))));
  const written = new Set<string>();
  for (const output of outputs) {
    const identity = await identityOf(cwd, output);
    if (output === '' || isWrittenByPeople(output) || read.has(identity))
      throw new UsageError(
        output === '' ? '-o names no file.' : `-o ${output} would take the place of a file that is read; name another one.`,
        command,
      );
    if (written.has(identity)) throw new UsageError(`-o ${output} is given twice; name a file for each format.`, command);
    written.add(identity);
  }
}

/** The same for all spellings of a path. A symbolic link is itself: what is written takes its place. */
async function identityOf(cwd: string, path: string): Promise<string> {
  const file = resolve(cwd, path);
  const found = await lstat(file, { bigint: true }).catch(() => undefined);
  if (found !== undefined) return `${String(found.dev)} ${String(found.ino)}`;
  return join(await realpath(dirname(file)).catch(() => dirname(file)), basename(file));
}
