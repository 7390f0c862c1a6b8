import { constants } from 'node:fs';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import type { Stats } from 'ssh2';
import { sha256OfFile } from '../hash.js';
import { partName } from '../partName.js';
import { giveName, makeSureOfRoom } from '../receiving.js';
import { TransportError } from '../transport.js';
import type { Transfer } from '../transport.js';
import { unlessAborted } from '../unlessAborted.js';
import type { HostFiles } from './hostFiles.js';
import { inPieces } from './pieces.js';
import type { SftpSession } from './sftpSession.js';

/**
 * Copies a file to a name of its own beside the target, compares the sums, then gives it its name, which must be free unless the same
 * content stands there. The name is the caller's, never the host's. What a broken connection leaves is gone on with the next time, when
 * the host finds the same sum for so much of its file.
 */
export async function downloadFile(
  sftp: SftpSession,
  there: HostFiles,
  from: string,
  file: string,
  progress: (bytes: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Transfer> {
  const path = await sftp.absolute(from);
  const size = await sizeOf(sftp, path);
  await mkdir(dirname(file), { recursive: true });
  const part = partName(file.replaceAll(sep, '/'), `${sftp.host}\0${path}`).replaceAll('/', sep);
  const offset = await arrived(there, path, part, size);
  await makeSureOfRoom(file, size - offset);
  const local = await open(part, offset === 0 ? 'wx' : constants.O_RDWR | (constants.O_NOFOLLOW ?? 0), 0o600);
  try {
    try {
      await receive(sftp, local, path, offset, size, progress, signal);
    } finally {
      await local.close();
    }
    const summing = Promise.all([sha256OfFile(part), there.sha256(path)]);
    const [sum, wanted] = await (signal === undefined ? summing : unlessAborted(summing, signal));
    if (sum !== wanted)
      throw new TransportError(
        'transfer',
        `${path} of ${sftp.host} arrived changed: its SHA-256 is ${sum}, not ${wanted.slice(0, 64)}`,
        'Perhaps it is being written; try again.',
      );
    await giveName(part, file, sum);
    return { path: file, bytes: size, sha256: sum };
  } catch (error) {
    if (!(error instanceof TransportError && error.reason === 'connection_lost')) await rm(part, { force: true });
    throw error;
  }
}

/** Size of a plain file of the host. What it says is not believed any further than that: no more is read, and less is an error. */
async function sizeOf(sftp: SftpSession, path: string): Promise<number> {
  const info = await sftp.call<Stats>(`${path} was not copied`, (files, done) => {
    files.stat(path, done);
  });
  if (!info.isFile()) throw new TransportError('transfer', `${path} of ${sftp.host} is not a plain file`, 'Name a file.');
  if (!Number.isSafeInteger(info.size) || info.size < 0)
    throw new TransportError('transfer', `${sftp.host} names no size of ${path}`, 'See what runs there as its file service.');
  return info.size;
}

/** Bytes of an earlier try that can be gone on with. Anything else of that name is removed. */
async function arrived(there: HostFiles, path: string, part: string, size: number): Promise<number> {
  const left = await lstat(part).catch(() => undefined);
  if (left === undefined) return 0;
  if (left.isFile() && left.size > 0 && left.size <= size) {
    const sum = await there.beginning(path, left.size).catch(() => undefined);
    if (sum === (await sha256OfFile(part))) return left.size;
  }
  await rm(part, { force: true });
  return 0;
}

async function receive(
  sftp: SftpSession,
  local: FileHandle,
  path: string,
  offset: number,
  size: number,
  progress: (bytes: number, total: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const handle = await sftp.call<Buffer>(`${path} was not copied`, (files, done) => files.open(path, 'r', done), signal);
  let received = offset;
  try {
    await inPieces(offset, size, async (position, length) => {
      return async () => {
        const bytes = Buffer.alloc(length);
        for (let filled = 0; filled < length;) {
          const count = await readPiece(sftp, handle, bytes, filled, position + filled, path, signal);
          if (!Number.isInteger(count) || count <= 0 || count > length - filled)
            throw new TransportError('transfer', `${path} of ${sftp.host} ended early`, 'Perhaps it is being written; try again.');
          filled += count;
        }
        await writeLocal(local, bytes, position);
        received += length;
        progress(received, size);
      };
    });
    if (size === offset) progress(size, size);
  } finally {
    await sftp.tidy((files, done) => files.close(handle, done));
  }
}

function readPiece(
  sftp: SftpSession,
  handle: Buffer,
  into: Buffer,
  filled: number,
  position: number,
  path: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  return sftp.call<number>(
    `${path} was not copied`,
    (files, done) => {
      files.read(handle, into, filled, into.length - filled, position, done);
    },
    signal,
  );
}

async function writeLocal(local: FileHandle, bytes: Buffer, position: number): Promise<void> {
  try {
    for (let written = 0; written < bytes.length;)
      written += (await local.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  } catch (error) {
    throw new TransportError('transfer', `the file cannot be written here: ${(error as Error).message}`, 'Make room on this machine.');
  }
}
