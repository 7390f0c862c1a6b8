import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { TransportError } from '../transport.js';

/**
 * Opens a file that is to be sent, by a path without links. What has been opened is what that path still names afterwards: a link that is put
 * into its way between the look at the path and this leads to an error, not to another file.
 */
export async function openSource(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | (constants.O_NOFOLLOW ?? 0)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ELOOP') throw replaced(file);
      throw new TransportError('transfer', `the file ${file} cannot be read: ${error.message}`, 'See that it is there.');
    },
  );
  try {
    const [opened, named, real] = await Promise.all([handle.stat(), stat(file), realpath(file)]);
    if (real !== file || opened.dev !== named.dev || opened.ino !== named.ino) throw replaced(file);
    if (!opened.isFile()) throw new TransportError('transfer', `${file} is not a plain file`, 'Name a file.');
    return handle;
  } catch (error) {
    await handle.close();
    throw error instanceof TransportError ? error : replaced(file);
  }
}

function replaced(file: string): TransportError {
  return new TransportError('transfer', `${file} was replaced while it was opened`, 'See who writes in its folder.');
}
