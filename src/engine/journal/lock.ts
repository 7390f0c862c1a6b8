import { existsSync, fdatasyncSync, linkSync, openSync, closeSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Owner } from '../../events/index.js';
import { HumanError } from '../../events/index.js';
import { DISK, syncDirectory, writeAll } from './diskIo.js';
import { isAliveHere, isGone, thisProcess } from './owner.js';

interface LockRecord {
  readonly owner: Owner;
  readonly released: boolean;
}

/**
 * The right of one process to write one run. Each holder has a file of its own, `lock.EPOCH`, made only if no one else has made it;
 * the highest epoch holds. So two that find the same dead holder cannot both follow it, and an old holder that wakes up sees its successor.
 */
export class RunLock {
  readonly epoch: number;
  readonly owner: Owner;
  readonly #directory: string;

  private constructor(directory: string, epoch: number, owner: Owner) {
    this.#directory = directory;
    this.epoch = epoch;
    this.owner = owner;
  }

  /**
   * Takes the lock of a run's directory. `after` is the highest epoch its journal knows. Throws a HumanError when another process holds it.
   * `evenIfUnsure`: a person has decided to follow a holder of which nobody can tell from here whether it still runs.
   */
  static acquire(directory: string, after = 0, owner: Owner = thisProcess(), evenIfUnsure = false): RunLock {
    const last = epochs(directory).at(-1) ?? 0;
    if (last > 0) assertFree(directory, last, evenIfUnsure);
    const epoch = Math.max(last, after) + 1;
    if (!place(directory, epoch, { owner, released: false })) throw heldBy(directory, epoch);
    const highest = Math.max(epoch, ...epochs(directory));
    if (highest > epoch) {
      discard(lockPath(directory, epoch));
      throw heldBy(directory, highest);
    }
    for (const old of epochs(directory)) if (old < epoch) discard(lockPath(directory, old));
    return new RunLock(directory, epoch, owner);
  }

  /** Throws a HumanError when another process has taken over. */
  assertHeld(): void {
    if (existsSync(lockPath(this.#directory, this.epoch + 1)) || !existsSync(lockPath(this.#directory, this.epoch))) {
      throw heldBy(this.#directory, epochs(this.#directory).at(-1) ?? this.epoch);
    }
  }

  /** Gives the lock back; its epoch is not used again. */
  release(): void {
    const path = lockPath(this.#directory, this.epoch);
    if (!existsSync(path)) return;
    const draft = draftPath(this.#directory);
    try {
      writeRecord(draft, { owner: this.owner, released: true });
      renameSync(draft, path);
    } catch {
      // A disk that fails may not even take that the lock is free: it is once this process has ended.
      discard(draft);
    }
  }
}

/** Who holds the lock of a run's directory at this moment; undefined when nobody does. */
export function lockHolder(directory: string): Owner | undefined {
  const last = epochs(directory).at(-1);
  const record = last === undefined ? undefined : readRecord(lockPath(directory, last));
  return record === undefined || record.released || isGone(record.owner) ? undefined : record.owner;
}

function assertFree(directory: string, epoch: number, evenIfUnsure: boolean): void {
  const record = readRecord(lockPath(directory, epoch));
  if (record === undefined) throw heldBy(directory, epoch);
  if (record.released || isGone(record.owner)) return;
  if (!evenIfUnsure || isAliveHere(record.owner)) throw heldBy(directory, epoch);
}

function heldBy(directory: string, epoch: number): HumanError {
  const path = lockPath(directory, epoch);
  const owner = readRecord(path)?.owner;
  if (owner === undefined)
    return new HumanError('Another process is just taking this run.', `Try again; if this stays so and no process has it, remove ${path}.`);
  const elsewhere =
    owner.host === thisProcess().host
      ? ''
      : ' Whether it still runs cannot be told from here: `--take-over --why WHY` goes on without it where it does not answer.';
  return new HumanError(
    `Process ${String(owner.pid)} on ${owner.host} is carrying out this run.`,
    `Watch it with \`runbook runs RUN --follow\`, or ask for it with \`runbook resume RUN --take-over --why WHY\`.${elsewhere}`,
  );
}

function lockPath(directory: string, epoch: number): string {
  return join(directory, `lock.${String(epoch)}`);
}

/** Epochs that have a file, lowest first. */
function epochs(directory: string): readonly number[] {
  return readdirSync(directory)
    .map((name) => /^lock\.([1-9][0-9]*)$/.exec(name)?.[1])
    .filter((epoch) => epoch !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** Makes the file with its content in one act; false when it exists. */
function place(directory: string, epoch: number, record: LockRecord): boolean {
  const draft = draftPath(directory);
  let placed = false;
  try {
    writeRecord(draft, record);
    linkSync(draft, lockPath(directory, epoch));
    placed = true;
    syncDirectory(directory);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // This process goes on living, and would be taken for the holder.
    if (placed) discard(lockPath(directory, epoch));
    throw cannotTake(directory, error);
  } finally {
    discard(draft);
  }
}

function cannotTake(directory: string, error: unknown): HumanError {
  return new HumanError(
    `The lock of the run cannot be written in ${directory}: ${(error as Error).message}.`,
    'Nothing was done. Make room or mend the disk, then try again.',
  );
}

function draftPath(directory: string): string {
  return join(directory, `lock-${randomBytes(6).toString('hex')}.tmp`);
}

function writeRecord(path: string, record: LockRecord): void {
  const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeAll(DISK, fd, bytes, 0);
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Removes a file that does no harm where it stays. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The disk fails; whoever writes next will be told.
  }
}

function readRecord(path: string): LockRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockRecord>;
    return typeof record.owner?.pid === 'number' ? { owner: record.owner, released: record.released === true } : undefined;
  } catch {
    return undefined;
  }
}
