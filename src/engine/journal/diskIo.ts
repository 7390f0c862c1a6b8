import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs';

/** The calls that the journal makes to the disk, in one place so that tests can make each of them fail. */
export interface DiskIo {
  readonly open: (path: string, flags: string, mode: number) => number;
  /** May write less than it was given, without an error. */
  readonly write: (fd: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;
  readonly sync: (fd: number) => void;
  readonly truncate: (fd: number, length: number) => void;
  readonly close: (fd: number) => void;
  readonly remove: (path: string) => void;
}

/** The real disk. */
export const DISK: DiskIo = {
  open: openSync,
  write: writeSync,
  sync: fdatasyncSync,
  truncate: ftruncateSync,
  close: closeSync,
  remove: unlinkSync,
};

/** Writes all of `bytes` at `position`. Throws when the disk takes nothing more. */
export function writeAll(io: DiskIo, fd: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    const written = io.write(fd, bytes, done, bytes.length - done, position + done);
    if (written <= 0) throw Object.assign(new Error('the disk took only part of a record'), { code: 'ENOSPC' });
    done += written;
  }
}

/** Makes the entries of a directory durable. Windows has no such call and needs none. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
