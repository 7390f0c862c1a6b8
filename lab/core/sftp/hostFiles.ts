import { constants } from 'node:fs';
import { open, lstat, mkdir, readdir, realpath, rename, rm, rmdir, stat, utimes, chmod } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import path from 'node:path';

/** Status codes of SFTP version 3. */
export const SFTP_STATUS = { ok: 0, eof: 1, noSuchFile: 2, permissionDenied: 3, failure: 4, unsupported: 8 } as const;

/** Flags with which SFTP version 3 opens files. */
const FLAG = { read: 1, write: 2, append: 4, create: 8, truncate: 16, exclusive: 32 } as const;

/** What a client may set of a file. */
export interface FileAttributes {
  readonly mode?: number;
  /** Seconds since 1970. */
  readonly atime?: number;
  readonly mtime?: number;
  readonly size?: number;
}

interface OpenDirectory {
  readonly entries: { readonly name: string; readonly stats: Stats }[];
  sent: boolean;
}

/** The files of a host as SFTP shows them: `/` is the host's own root, relative paths start at its home. */
export class HostFiles {
  readonly #handles = new Map<number, FileHandle | OpenDirectory>();
  #next = 1;

  constructor(
    readonly root: string,
    readonly home: string,
  ) {}

  /** Path on the operator's machine. Paths that lie in the root already are taken as they are: `$HOME` is such a path. */
  locate(asked: string): string {
    const inside = asked === this.root || asked.startsWith(`${this.root}/`);
    const absolute = inside
      ? path.resolve(asked)
      : asked.startsWith('/')
        ? path.join(this.root, path.posix.normalize(asked))
        : path.resolve(this.home, asked);
    if (absolute !== this.root && !absolute.startsWith(`${this.root}/`)) return this.root;
    return absolute;
  }

  async open(asked: string, flags: number, mode: number): Promise<number> {
    let how = (flags & FLAG.read) !== 0 ? ((flags & FLAG.write) !== 0 ? constants.O_RDWR : constants.O_RDONLY) : constants.O_WRONLY;
    if (flags & FLAG.append) how |= constants.O_APPEND;
    if (flags & FLAG.create) how |= constants.O_CREAT;
    if (flags & FLAG.truncate) how |= constants.O_TRUNC;
    if (flags & FLAG.exclusive) how |= constants.O_EXCL;
    return this.#keep(await open(this.locate(asked), how, mode));
  }

  async read(handle: number, offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(Math.min(length, 256 * 1024));
    const { bytesRead } = await this.#file(handle).read(buffer, 0, buffer.length, offset);
    return buffer.subarray(0, bytesRead);
  }

  async write(handle: number, offset: number, data: Buffer): Promise<void> {
    await this.#file(handle).write(data, 0, data.length, offset);
  }

  async close(handle: number): Promise<void> {
    const kept = this.#handles.get(handle);
    this.#handles.delete(handle);
    if (kept !== undefined && !isDirectory(kept)) await kept.close();
  }

  async closeAll(): Promise<void> {
    for (const handle of [...this.#handles.keys()]) await this.close(handle);
  }

  stat(asked: string): Promise<Stats> {
    return stat(this.locate(asked));
  }

  lstat(asked: string): Promise<Stats> {
    return lstat(this.locate(asked));
  }

  fstat(handle: number): Promise<Stats> {
    return this.#file(handle).stat();
  }

  async setAttributes(asked: string, attributes: FileAttributes): Promise<void> {
    const file = this.locate(asked);
    if (attributes.mode !== undefined) await chmod(file, attributes.mode & 0o7777);
    if (attributes.mtime !== undefined) await utimes(file, attributes.atime ?? attributes.mtime, attributes.mtime);
  }

  async setHandleAttributes(handle: number, attributes: FileAttributes): Promise<void> {
    const file = this.#file(handle);
    if (attributes.size !== undefined) await file.truncate(attributes.size);
    if (attributes.mode !== undefined) await file.chmod(attributes.mode & 0o7777);
    if (attributes.mtime !== undefined) await file.utimes(attributes.atime ?? attributes.mtime, attributes.mtime);
  }

  async openDirectory(asked: string): Promise<number> {
    const directory = this.locate(asked);
    const names = await readdir(directory);
    const entries = await Promise.all(names.map(async (name) => ({ name, stats: await lstat(path.join(directory, name)) })));
    return this.#keep({ entries, sent: false });
  }

  /** All entries at once, then none: `undefined` means the end. */
  nextEntries(handle: number): readonly { readonly name: string; readonly stats: Stats }[] | undefined {
    const kept = this.#handles.get(handle);
    if (kept === undefined || !isDirectory(kept)) throw new Error('not a directory handle');
    if (kept.sent || kept.entries.length === 0) return undefined;
    kept.sent = true;
    return kept.entries;
  }

  async makeDirectory(asked: string): Promise<void> {
    await mkdir(this.locate(asked));
  }

  async removeDirectory(asked: string): Promise<void> {
    await rmdir(this.locate(asked));
  }

  async remove(asked: string): Promise<void> {
    await rm(this.locate(asked));
  }

  /** `replace`: an existing target is replaced, as `posix-rename@openssh.com` does; plain SFTP refuses. */
  async rename(from: string, to: string, replace: boolean): Promise<void> {
    const target = this.locate(to);
    if (!replace && (await lstat(target).catch(() => undefined)) !== undefined) throw new Error('the target exists');
    await rename(this.locate(from), target);
  }

  /** Absolute path as the client should see it. */
  async canonical(asked: string): Promise<string> {
    const file = this.locate(asked === '' ? '.' : asked);
    const real = await realpath(file).catch(() => file);
    const root = await realpath(this.root);
    return real === root ? '/' : real.startsWith(`${root}/`) ? real.slice(root.length) : '/';
  }

  #keep(kept: FileHandle | OpenDirectory): number {
    const handle = this.#next++;
    this.#handles.set(handle, kept);
    return handle;
  }

  #file(handle: number): FileHandle {
    const kept = this.#handles.get(handle);
    if (kept === undefined || isDirectory(kept)) throw new Error('not a file handle');
    return kept;
  }
}

function isDirectory(kept: FileHandle | OpenDirectory): kept is OpenDirectory {
  return 'entries' in kept;
}

/** The SFTP status that tells about an error of the file system. */
export function statusOf(error: unknown): number {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return SFTP_STATUS.noSuchFile;
  if (code === 'EACCES' || code === 'EPERM') return SFTP_STATUS.permissionDenied;
  return SFTP_STATUS.failure;
}

/** One line of a listing, as `ls -l` would print it. */
export function longName(name: string, stats: Stats): string {
  const kind = stats.isDirectory() ? 'd' : '-';
  const bits = [...'rwxrwxrwx'].map((letter, i) => ((stats.mode >> (8 - i)) & 1 ? letter : '-')).join('');
  return `${kind}${bits} 1 lab lab ${String(stats.size)} ${stats.mtime.toISOString()} ${name}`;
}
