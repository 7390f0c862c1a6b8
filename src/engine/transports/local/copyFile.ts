import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256OfFile } from '../hash.js';
import { openSource } from '../openSource.js';
import { randomPartName } from '../partName.js';
import { giveName, makeSureOfRoom } from '../receiving.js';
import { TransportError } from '../transport.js';
import type { Transfer } from '../transport.js';
import { unlessAborted } from '../unlessAborted.js';

const PIECE = 1024 * 1024;

/** What goes with a copy. */
export interface CopyOptions {
  readonly progress: (bytes: number, total: number) => void;
  readonly assertMayAct: () => void;
  readonly signal: AbortSignal | undefined;
}

/** An upload to this machine itself. The target is replaced at once, by the whole file or not at all. */
export async function putHere(from: string, to: string, options: CopyOptions): Promise<Transfer> {
  const source = await openSource(from);
  try {
    const { mode } = await source.stat();
    return await copy(source, from, to, mode & 0o777, options, (part) => rename(part, to));
  } finally {
    await source.close();
  }
}

/** A download from this machine itself: as from any other host, the name must be free, unless the same content stands there. */
export async function fetchHere(from: string, to: string, options: CopyOptions): Promise<Transfer> {
  const source = await open(from, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw notCopied(from, to, error);
  });
  try {
    const found = await source.stat();
    if (!found.isFile()) throw new TransportError('transfer', `${from} is not a plain file`, 'Name a file.');
    await mkdir(dirname(to), { recursive: true });
    await makeSureOfRoom(to, found.size);
    return await copy(source, from, to, 0o600, options, (part, sum) => giveName(part, to, sum));
  } finally {
    await source.close();
  }
}

async function copy(
  source: FileHandle,
  from: string,
  to: string,
  mode: number,
  { progress, assertMayAct, signal }: CopyOptions,
  place: (part: string, sum: string) => Promise<void>,
): Promise<Transfer> {
  assertMayAct();
  const part = randomPartName(to.replaceAll(sep, '/')).replaceAll('/', sep);
  try {
    const bytes = await carry(source, part, mode, progress, signal);
    const reading = Promise.all([sumOf(source), sha256OfFile(part)]);
    const [sum, arrived] = await (signal === undefined ? reading : unlessAborted(reading, signal));
    if (sum !== arrived)
      throw new TransportError('transfer', `${from} was changed while it was copied`, 'Try again when nothing writes to it.');
    assertMayAct();
    signal?.throwIfAborted();
    await place(part, sum);
    return { path: to, bytes, sha256: sum };
  } catch (error) {
    await rm(part, { force: true });
    throw error === signal?.reason ? error : notCopied(from, to, error);
  }
}

/** Returns how many bytes there were. */
async function carry(
  source: FileHandle,
  part: string,
  mode: number,
  progress: CopyOptions['progress'],
  signal: AbortSignal | undefined,
): Promise<number> {
  const target = await open(part, 'wx', mode);
  try {
    await target.chmod(mode);
    const { size } = await source.stat();
    const piece = Buffer.alloc(PIECE);
    let bytes = 0;
    for (let read = -1; read !== 0; bytes += read) {
      signal?.throwIfAborted();
      read = (await source.read(piece, 0, PIECE, bytes)).bytesRead;
      await target.writeFile(piece.subarray(0, read));
      if (read > 0) progress(bytes + read, Math.max(size, bytes + read));
    }
    if (bytes === 0) progress(0, 0);
    await target.sync();
    return bytes;
  } finally {
    await target.close();
  }
}

async function sumOf(source: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(source.createReadStream({ start: 0, autoClose: false }), hash);
  return hash.digest('hex');
}

function notCopied(from: string, to: string, error: unknown): Error {
  // What is no trouble with a file has its own words.
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code === undefined) return error as Error;
  return new TransportError(
    'transfer',
    `${from} was not copied to ${to}: ${error.message}`,
    'See that the file is there and that you may write to the directory.',
  );
}
