import { existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Owner, RunEvent, RunState } from '../../events/index.js';
import { HumanError } from '../../events/index.js';
import { syncDirectory } from './diskIo.js';
import { JournalFile } from './journalFile.js';
import { lockHolder, RunLock } from './lock.js';
import { finishLeftovers } from './outputFile.js';
import { readJournal, unreadable } from './reader.js';
import type { JournalContent } from './reader.js';
import { findRunId, isRunId, newRunId } from './runId.js';
import { replay, summarize } from './runSummary.js';
import type { RunSummary } from './runSummary.js';
import { observeRun } from './follow.js';
import type { Observed, ObservedEnd } from './follow.js';
import { ensurePrivate } from './stateDirectory.js';
import { verifyJournal } from './verify.js';
import type { JournalVerdict } from './verify.js';

export { defaultStateDirectory } from './stateDirectory.js';
export type { RunSummary } from './runSummary.js';

/** Journals are checked whole, and a check costs a read: this many at most are listed. */
const LISTED = 200;
const JOURNAL = 'journal.jsonl';
/** Length of the part of a run's name that says when it was begun. */
const MINUTE = '20261121-0435'.length;

/** A run that this process may write. */
export interface OpenRun {
  readonly id: string;
  readonly directory: string;
  readonly epoch: number;
  readonly owner: Owner;
  /** What the journal held when it was opened; empty for a new run. */
  readonly events: readonly RunEvent[];
  /** What was mended when it was opened: a torn last record that was cut off. */
  readonly mended?: string;
  readonly journal: JournalFile;
  readonly outputDirectory: string;
  readonly downloadDirectory: string;
  /** Closes the journal and gives the lock back. */
  close(): void;
}

/** Where a run stands. */
export interface RunPlace {
  readonly id: string;
  readonly directory: string;
  readonly journal: string;
}

/** A run to look at. */
export interface ReadRun {
  readonly id: string;
  readonly directory: string;
  readonly events: readonly RunEvent[];
  readonly state: RunState | undefined;
  readonly summary: RunSummary;
}

/** All runs of one state directory: `runs/RUN/{journal.jsonl, lock.N, output/, downloads/}`. */
export class RunStore {
  readonly #stateDirectory: string;
  readonly #runs: string;

  constructor(stateDirectory: string) {
    this.#stateDirectory = stateDirectory;
    this.#runs = join(stateDirectory, 'runs');
  }

  /** Makes a new run and takes its lock. Throws a HumanError when the state directory is not private or cannot be written. */
  create(runbook: string, now: Date = new Date()): OpenRun {
    this.#ensureDirectories();
    const id = this.#newDirectory(runbook, now);
    const directory = join(this.#runs, id);
    const lock = RunLock.acquire(directory);
    const fence = (): void => {
      lock.assertHeld();
    };
    try {
      const journal = JournalFile.create(journalPath(directory), id, { fence });
      this.#keepEntries();
      return openRun(id, directory, lock, journal, []);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /**
   * Opens a run to go on with it; `name` may be the beginning of its name. A torn tail of its journal is cut off.
   * Throws a HumanError when there is no such run, another process holds it, or its journal may only be read. `evenIfUnsure`: see {@link RunLock}.
   */
  openForWriting(name: string, evenIfUnsure = false): OpenRun {
    this.#ensureDirectories();
    const { id, directory, journal: path } = this.place(name);
    const lock = RunLock.acquire(directory, lastEpoch(readJournal(path)), undefined, evenIfUnsure);
    const fence = (): void => {
      lock.assertHeld();
    };
    try {
      // Only now is it certain that nobody writes any more.
      const content = readJournal(path);
      const journal = JournalFile.reopen(path, content, { fence });
      finishLeftovers(join(directory, 'output'));
      return openRun(id, directory, lock, journal, content.events, content.problem);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Reads a run without touching it; `name` may be the beginning of its name. Throws a HumanError when there is no such run. */
  read(name: string): ReadRun {
    const { id, directory, journal } = this.place(name);
    const before = lockHolder(directory);
    const content = readJournal(journal);
    const replayed = replay(content.events);
    return {
      id,
      directory,
      events: content.events,
      state: replayed.state,
      // Whoever came or went while the journal was read does not make it a run that was left.
      summary: summarize(id, content, before ?? lockHolder(directory), replayed),
    };
  }

  /** Checks the whole chain of a run's journal; `id` is its full name. Throws a HumanError when there is no journal to be checked. */
  verify(id: string, asked?: string): JournalVerdict {
    const { directory, journal } = this.place(id);
    return verifyJournal(journal, lockHolder(directory), asked);
  }

  /** Checks the journals of all runs, newest first. One that may not be read gets its verdict like the others. */
  verifyAll(): readonly JournalVerdict[] {
    return this.ids().map((id) => {
      try {
        return this.verify(id);
      } catch (error) {
        const about = { file: join(this.#runs, id, JOURNAL), run: id, records: 0, soundBytes: 0, head: '' };
        return { ...about, condition: 'unreadable', text: cannotRead(error) };
      }
    });
  }

  /** Where a run and its journal stand; `name` may be the beginning of its name. Throws a HumanError when there is no such run. */
  place(name: string): RunPlace {
    const id = findRunId(this.ids(), name);
    const directory = join(this.#runs, id);
    return { id, directory, journal: journalPath(directory) };
  }

  /** Names of all runs, newest first. */
  ids(): readonly string[] {
    if (!existsSync(this.#runs)) return [];
    return readdirSync(this.#runs).filter(isRunId).sort().reverse();
  }

  /** The newest runs, newest first. A run that cannot be read is listed with its problem. `summaryOf` may give what it knows instead of having a journal read. */
  async list(summaryOf = (_id: string, read: () => RunSummary): RunSummary => read()): Promise<readonly RunSummary[]> {
    const found: RunSummary[] = [];
    for (const id of this.ids().slice(0, LISTED)) {
      found.push(summaryOf(id, () => this.#summaryOf(id)));
      // Others get their turn between two journals.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found.sort(newestFirst);
  }

  /** A run that somebody has tampered with, or that may not be read, hides no other. */
  #summaryOf(id: string): RunSummary {
    try {
      return this.read(id).summary;
    } catch (error) {
      return summarize(id, unreadable(cannotRead(error)), undefined);
    }
  }

  #ensureDirectories(): void {
    ensurePrivate(this.#stateDirectory);
    ensurePrivate(this.#runs);
  }

  /** A run that is on the disk must be found there as well, after a loss of power. */
  #keepEntries(): void {
    try {
      syncDirectory(this.#runs);
      syncDirectory(this.#stateDirectory);
    } catch (error) {
      throw new HumanError(
        `The directory of runs cannot be made durable: ${(error as Error).message}.`,
        'Nothing was done. Mend the disk, or give another state directory with --state-dir.',
      );
    }
  }

  #newDirectory(runbook: string, now: Date): string {
    for (;;) {
      const id = newRunId(runbook, now);
      const directory = join(this.#runs, id);
      try {
        mkdirSync(directory, { mode: 0o700 });
        mkdirSync(join(directory, 'output'), { mode: 0o700 });
        mkdirSync(join(directory, 'downloads'), { mode: 0o700 });
        return id;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
        throw new HumanError(
          `The directory of the run cannot be made: ${(error as Error).message}.`,
          'Make room or mend the rights of the state directory, or give another one with --state-dir.',
        );
      }
    }
  }
}

/** The runs of a state directory, newest first; none when the directory does not exist. */
export function listRuns(stateDirectory: string): Promise<readonly RunSummary[]> {
  return new RunStore(stateDirectory).list();
}

/** Who carries a run of a state directory out at this moment; undefined when nobody does. Throws a HumanError when there is no such run. */
export function holderOf(stateDirectory: string, name: string): Owner | undefined {
  return lockHolder(new RunStore(stateDirectory).place(name).directory);
}

/** Follows a run that another process carries out; see {@link observeRun}. */
export function observe(stateDirectory: string, name: string, told: (seen: Observed) => void, signal: AbortSignal): Promise<ObservedEnd> {
  return observeRun(new RunStore(stateDirectory).place(name), told, signal);
}

/** Checks the journal of one run of a state directory, or of all of them. `asked`: a hash that the chain should hold. Throws a HumanError when there is no such run. */
export function verifyRuns(stateDirectory: string, name?: string, asked?: string): readonly JournalVerdict[] {
  const store = new RunStore(stateDirectory);
  return name === undefined ? store.verifyAll() : [store.verify(findRunId(store.ids(), name), asked)];
}

/** Reads one run of a state directory; `name` may be the beginning of its name. Throws a HumanError when there is no such run. */
export function readRun(stateDirectory: string, name: string): ReadRun {
  return new RunStore(stateDirectory).read(name);
}

function openRun(
  id: string,
  directory: string,
  lock: RunLock,
  journal: JournalFile,
  events: readonly RunEvent[],
  mended?: string,
): OpenRun {
  return {
    id,
    directory,
    epoch: lock.epoch,
    owner: lock.owner,
    events,
    ...(mended === undefined ? {} : { mended }),
    journal,
    outputDirectory: join(directory, 'output'),
    downloadDirectory: join(directory, 'downloads'),
    close: () => {
      journal.close();
      lock.release();
    },
  };
}

function journalPath(directory: string): string {
  const path = join(directory, JOURNAL);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return path;
  const what = found.isSymbolicLink() ? 'a symbolic link' : 'no plain file';
  throw new HumanError(`${path} is ${what}.`, 'A journal must be a file of its own; look at who changed it.');
}

function cannotRead(error: unknown): string {
  if (error instanceof HumanError) return `${error.message} ${error.next}`;
  return `The run cannot be read (${(error as Error).message}).`;
}

function lastEpoch(content: JournalContent): number {
  return content.events.reduce((last, event) => (event.type === 'run_opened' ? Math.max(last, event.epoch) : last), 0);
}

/** Names carry the minute; within it the journals know more. */
function newestFirst(a: RunSummary, b: RunSummary): number {
  const key = (summary: RunSummary): string => `${summary.run.slice(0, MINUTE)} ${summary.createdAt ?? ''} ${summary.run}`;
  return key(a) < key(b) ? 1 : -1;
}
