import { constants } from 'node:fs';
import { copyFile, link, lstat, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256OfFile } from './hash.js';
import { TransportError } from './transport.js';

/** Room that is left free on the disk of this machine, so that the journal can still be written. */
const SPARE = 64 * 1024 * 1024;

/** Rejects with a TransportError when this machine has no room for so many bytes more. */
export async function makeSureOfRoom(file: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(file));
  if (bavail * bsize >= bytes + SPARE) return;
  throw new TransportError(
    'transfer',
    `there is no room for ${file}: it takes ${String(bytes)} bytes more, and ${String(bavail * bsize)} are free`,
    'Make room on this machine, then try again.',
  );
}

/**
 * Gives what has arrived, with this SHA-256, its name. Never replaces anything: a link, other than a rename, fails where the name is taken.
 * Rejects with a TransportError when something else stands there.
 */
export async function giveName(part: string, file: string, sum: string): Promise<void> {
  const taken = await link(part, file)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // Some file systems have no links.
      return copyFile(part, file, constants.COPYFILE_EXCL);
    })
    .then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return true;
        throw new TransportError('transfer', `${file} cannot be written: ${error.message}`, 'See that you may write there.');
      },
    );
  if (taken && !((await lstat(file)).isFile() && (await sha256OfFile(file)) === sum))
    throw new TransportError('transfer', `${file} is there already, with other content`, 'Move it away, or give "to" another name.');
  await rm(part, { force: true });
}
