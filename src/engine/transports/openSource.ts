import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { TransportError } from './transport.js';

/**
 * Opens a file that is to be sent, by a path without links. What has been opened is what that path still names afterwards: a link that is put
 * into its way between the look at the path and this leads to an error, not to another file.
 */
export async function openSource(file: string): Promise<FileHandle> {
  // Windows has no O_NOFOLLOW, which adds nothing then.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ELOOP') throw replaced(file);
      throw new TransportError('transfer', `the file ${file} cannot be read: ${error.message}`, 'See that it is there.');
    },
  );
  const trouble = await troubleWith(handle, file);
  if (trouble === undefined) return handle;
  await handle.close();
  throw trouble;
}

async function troubleWith(handle: FileHandle, file: string): Promise<TransportError | undefined> {
  const seen = await Promise.all([handle.stat(), stat(file), realpath(file)]).catch(() => undefined);
  if (seen === undefined || !isThere(file, seen)) return replaced(file);
  return seen[0].isFile() ? undefined : new TransportError('transfer', `${file} is not a plain file`, 'Name a file.');
}

function isThere(file: string, [opened, named, real]: readonly [Stats, Stats, string]): boolean {
  return real === file && opened.dev === named.dev && opened.ino === named.ino;
}

function replaced(file: string): TransportError {
  return new TransportError('transfer', `${file} was replaced while it was opened`, 'See who writes in its folder.');
}
