import { dirname } from 'node:path';
import type { RunEvent } from '../../events/index.js';
import { HumanError } from '../../events/index.js';
import type { Masked } from '../secrets/masked.js';
import { DISK, syncDirectory, writeAll } from './diskIo.js';
import type { DiskIo } from './diskIo.js';
import type { JournalContent } from './reader.js';
import { firstHash, headerText, recordText } from './record.js';

/** Size of the file that is given up so that the last record fits on a full disk. */
const RESERVE_BYTES = 64 * 1024;

export interface JournalOptions {
  /** Throws when this process no longer holds the right to write; asked before every record. */
  readonly fence?: () => void;
  readonly io?: DiskIo;
}

/**
 * The append-only journal of one run. A record is durable when `append` returns.
 * After the first failure nothing is believed any more: only one record, that the run is halted, is still taken.
 */
export class JournalFile {
  readonly #path: string;
  readonly #fence: () => void;
  readonly #io: DiskIo;
  readonly #fd: number;
  #length: number;
  #hash: string;
  #state: 'open' | 'failed' | 'closed' = 'open';

  private constructor(path: string, options: JournalOptions, fd: number, length: number, hash: string) {
    this.#path = path;
    this.#fence = options.fence ?? (() => undefined);
    this.#io = options.io ?? DISK;
    this.#fd = fd;
    this.#length = length;
    this.#hash = hash;
  }

  /** Makes the journal of a new run. Throws a HumanError when it cannot be made. */
  static create(path: string, run: string, options: JournalOptions = {}): JournalFile {
    const io = options.io ?? DISK;
    const header = headerText(run);
    const bytes = Buffer.from(`${header}\n`);
    try {
      const fd = io.open(path, 'wx+', 0o600);
      writeAll(io, fd, bytes, 0);
      io.sync(fd);
      keepReserve(io, path);
      syncDirectory(dirname(path));
      return new JournalFile(path, options, fd, bytes.length, firstHash(header));
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }

  /** Opens a journal to go on with it; a torn tail is cut off first. Throws a HumanError when that cannot be. */
  static reopen(path: string, content: JournalContent, options: JournalOptions = {}): JournalFile {
    const io = options.io ?? DISK;
    if (content.condition !== 'sound' && content.condition !== 'torn')
      throw new HumanError(content.problem ?? 'The journal cannot be continued.', 'It can only be read; start a new run.');
    if (content.validBytes === 0)
      throw new HumanError('The journal has no first record.', 'It was cut off before anything was done; start a new run.');
    try {
      const fd = io.open(path, 'r+', 0o600);
      io.truncate(fd, content.validBytes);
      io.sync(fd);
      keepReserve(io, path);
      return new JournalFile(path, options, fd, content.validBytes, content.hash);
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }

  /** Writes one record, which has been through the mask, and waits until it is durable. Throws a HumanError when it is not; the journal is then halted. */
  append(event: Masked<RunEvent>): void {
    if (this.#state === 'closed') throw new Error('internal error: the journal is closed');
    if (this.#state === 'failed') {
      this.#appendLast(event);
      return;
    }
    try {
      this.#fence();
    } catch (error) {
      this.#state = 'closed';
      this.#io.close(this.#fd);
      throw error;
    }
    try {
      this.#write(event);
    } catch (error) {
      this.#fail();
      throw cannotWrite(this.#path, error);
    }
  }

  /** Closes the file. Nothing can be appended afterwards. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#io.close(this.#fd);
    removeReserve(this.#io, this.#path);
  }

  #write(event: Masked<RunEvent>): void {
    const { line, hash } = recordText(this.#hash, event);
    const bytes = Buffer.from(`${line}\n`);
    writeAll(this.#io, this.#fd, bytes, this.#length);
    this.#io.sync(this.#fd);
    this.#length += bytes.length;
    this.#hash = hash;
  }

  /** A failed sync may have lost what it says it kept: the doubtful record is cut off, never synced again. */
  #fail(): void {
    this.#state = 'failed';
    try {
      this.#io.truncate(this.#fd, this.#length);
    } catch {
      // The reader cuts it off then.
    }
  }

  #appendLast(event: Masked<RunEvent>): void {
    if (event.type !== 'run_closed' || event.outcome !== 'halted')
      throw cannotWrite(this.#path, new Error('an earlier record could not be written'));
    removeReserve(this.#io, this.#path);
    try {
      this.#fence();
      this.#io.truncate(this.#fd, this.#length);
      this.#write(event);
    } catch (error) {
      throw cannotWrite(this.#path, error);
    } finally {
      this.#state = 'closed';
      this.#io.close(this.#fd);
    }
  }
}

/** Name of the file that is given up on a full disk. */
export function reservePath(journal: string): string {
  return `${journal}.reserve`;
}

function keepReserve(io: DiskIo, journal: string): void {
  const fd = io.open(reservePath(journal), 'w', 0o600);
  try {
    // Zeros would be left out by some file systems, and the space with them.
    writeAll(io, fd, Buffer.alloc(RESERVE_BYTES, 'reserve '), 0);
    io.sync(fd);
  } finally {
    io.close(fd);
  }
}

function removeReserve(io: DiskIo, journal: string): void {
  try {
    io.remove(reservePath(journal));
  } catch {
    // It is gone already.
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EFBIG: 'the file has reached the allowed size',
  EIO: 'the disk reports an error',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EMFILE: 'too many files are open',
};

function cannotWrite(path: string, error: unknown): HumanError {
  if (error instanceof HumanError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new HumanError(
    `The journal ${path} cannot be written: ${(code === undefined ? undefined : CAUSES[code]) ?? message}.`,
    'Nothing more is done. Mend this, then resume the run.',
  );
}
