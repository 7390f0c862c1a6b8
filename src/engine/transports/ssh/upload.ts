import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename, posix } from 'node:path';
import { openSource } from '../openSource.js';
import { partName, randomPartName } from '../partName.js';
import { TransportError } from '../transport.js';
import type { Transfer } from '../transport.js';
import { unlessAborted } from '../unlessAborted.js';
import type { HostFiles } from './hostFiles.js';
import { inPieces } from './pieces.js';
import type { SftpSession } from './sftpSession.js';

interface Source {
  readonly file: string;
  readonly handle: FileHandle;
  readonly size: number;
  readonly mode: number;
  readonly sha256: string;
}

interface Part {
  readonly path: string;
  readonly handle: Buffer;
  /** Bytes that are there already, and right. */
  readonly offset: number;
}

/** Names of parts being written by this process, by host. */
const underWay = new Set<string>();

/**
 * Copies a file to a name of its own beside the target, compares the sums, then renames: nobody ever sees half a file. What a broken
 * connection leaves is gone on with the next time, when its sum is right. The file is opened once: what is checked is what is sent.
 */
export async function uploadFile(
  sftp: SftpSession,
  there: HostFiles,
  file: string,
  to: string,
  progress: (bytes: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Transfer> {
  const handle = await openSource(file);
  try {
    const info = await handle.stat();
    const source: Source = { file, handle, size: info.size, mode: info.mode & 0o777, sha256: await sumOf(handle, info.size, signal) };
    const path = await sftp.absolute(to.endsWith('/') ? `${to}${basename(file)}` : to);
    const wanted = partName(path, source.sha256);
    const key = `${sftp.host} ${wanted}`;
    const alone = !underWay.has(key);
    if (alone) underWay.add(key);
    try {
      const part = alone ? await begin(sftp, there, wanted, source, path) : await create(sftp, randomPartName(path), source, path);
      await carry(sftp, there, source, part, path, progress, signal);
    } finally {
      if (alone) underWay.delete(key);
    }
    return { path, bytes: source.size, sha256: source.sha256 };
  } finally {
    await handle.close();
  }
}

async function carry(
  sftp: SftpSession,
  there: HostFiles,
  source: Source,
  part: Part,
  path: string,
  progress: (bytes: number, total: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await send(sftp, source, part, path, progress, signal);
    const comparing = compare(sftp, there, source, part, path);
    await (signal === undefined ? comparing : unlessAborted(comparing, signal));
    await replace(sftp, part.path, path);
  } catch (error) {
    // What a broken connection leaves is of use; it could not be removed anyway.
    if (!(error instanceof TransportError && error.reason === 'connection_lost')) await remove(sftp, part.path);
    throw error;
  }
}

async function begin(sftp: SftpSession, there: HostFiles, wanted: string, source: Source, path: string): Promise<Part> {
  const fresh = await create(sftp, wanted, source, path).catch((error: unknown) => error as Error);
  if (!(fresh instanceof Error)) return fresh;
  const left = await there.own(wanted).catch(() => undefined);
  if (left !== undefined && left.size <= source.size && left.sha256 === (await sumOf(source.handle, left.size))) {
    const handle = await sftp.call<Buffer>(`${path} cannot be written`, (files, done) => files.open(wanted, 'r+', done));
    return { path: wanted, handle, offset: left.size };
  }
  await remove(sftp, wanted);
  return create(sftp, randomPartName(path), source, path);
}

/** The exclusive open makes sure that nobody has put a link there. */
async function create(sftp: SftpSession, part: string, source: Source, path: string): Promise<Part> {
  const handle = await sftp.call<Buffer>(`${path} cannot be written`, (files, done) => files.open(part, 'wx', { mode: source.mode }, done));
  return { path: part, handle, offset: 0 };
}

async function send(
  sftp: SftpSession,
  source: Source,
  part: Part,
  path: string,
  progress: (bytes: number, total: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let sent = part.offset;
  let closed = false;
  const hash = createHash('sha256');
  await hashTo(source.handle, part.offset, hash);
  try {
    await inPieces(part.offset, source.size, async (position, length) => {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await source.handle.read(bytes, 0, length, position);
      if (bytesRead !== length) throw changed(source.file);
      hash.update(bytes);
      return async () => {
        await sftp.call<void>(
          `${path} was not copied`,
          (files, done) => {
            files.write(part.handle, bytes, 0, length, position, done);
          },
          signal,
        );
        sent += length;
        progress(sent, source.size);
      };
    });
    if (hash.digest('hex') !== source.sha256) throw changed(source.file);
    // Not all file services can; then the close must do.
    await sftp.call<void>('', (files, done) => void files.ext_openssh_fsync(part.handle, done), signal).catch(() => undefined);
    closed = true;
    await sftp.call<void>(`${path} cannot be written`, (files, done) => files.close(part.handle, done), signal);
  } catch (error) {
    const why = await named(sftp, error, part.path, source.size - sent);
    if (!closed) await sftp.tidy((files, done) => files.close(part.handle, done));
    throw why;
  }
  if (source.size === 0) progress(0, 0);
}

async function compare(sftp: SftpSession, there: HostFiles, source: Source, part: Part, path: string): Promise<void> {
  const seen = await there.sha256(part.path);
  if (seen === source.sha256) return;
  throw new TransportError(
    'transfer',
    `${path} arrived on ${sftp.host} changed: its SHA-256 is ${seen.slice(0, 64)}, not ${source.sha256}`,
    'Look at the disk there, then try again.',
  );
}

/** A file service says no more than "failure" of a full disk; its free space says it. */
async function named(sftp: SftpSession, error: unknown, part: string, left: number): Promise<unknown> {
  if (!(error instanceof TransportError) || error.reason !== 'transfer') return error;
  const free = await sftp.free(posix.dirname(part));
  if (free === undefined || free >= left) return error;
  return new TransportError('transfer', `${error.message}: the disk is full`, `Make room on ${sftp.host}, then try again.`);
}

async function replace(sftp: SftpSession, part: string, path: string): Promise<void> {
  try {
    await sftp.call<void>('', (files, done) => {
      files.ext_openssh_rename(part, path, done);
    });
  } catch (error) {
    if (error instanceof TransportError && error.reason === 'connection_lost') throw error;
    // Without the extension a rename does not replace.
    await sftp.call<void>('', (files, done) => files.unlink(path, done)).catch(() => undefined);
    await sftp.call<void>(`${path} cannot be written`, (files, done) => files.rename(part, path, done));
  }
}

async function remove(sftp: SftpSession, part: string): Promise<void> {
  await sftp.tidy((files, done) => files.unlink(part, done));
}

async function sumOf(handle: FileHandle, end: number, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await hashTo(handle, end, hash, signal);
  return hash.digest('hex');
}

async function hashTo(handle: FileHandle, end: number, hash: Hash, signal?: AbortSignal): Promise<void> {
  const bytes = Buffer.alloc(256 * 1024);
  for (let position = 0; position < end;) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(bytes, 0, Math.min(bytes.length, end - position), position);
    if (bytesRead === 0) return;
    hash.update(bytes.subarray(0, bytesRead));
    position += bytesRead;
  }
}

function changed(file: string): TransportError {
  return new TransportError('transfer', `${file} was changed while it was copied`, 'Try again when nothing writes to it.');
}
