import type { OpenRow, Profile, Row, Verdict } from '../row.js';
import { faultCase } from './faultCase.js';

/** How long a case may take, in ms, where its row does not say. */
const CASE_LIMIT_MS = 120_000;

export interface RowTask {
  readonly profile: Profile;
  readonly seed: number;
  /** First case, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Asked before each case is begun. */
  readonly mayBegin: () => boolean;
}

/** Told about each case as it ends; `done`: all cases before this number have ended. */
export type CaseEnded = (index: number, verdict: Verdict, done: number) => void;

/** Tries cases of a row, as many at a time as it allows. Rejects when its means cannot be made ready. */
export async function runRow(row: Row, task: RowTask, ended: CaseEnded): Promise<void> {
  const open = await row.open(task.profile);
  let next = task.from;
  let done = task.from;
  const early = new Set<number>();
  const work = async (): Promise<void> => {
    while (next < task.to && task.mayBegin()) {
      const index = next++;
      const verdict = await tried(open, row, task.seed, index);
      early.add(index);
      while (early.delete(done)) done += 1;
      ended(index, verdict, done);
    }
  };
  try {
    await Promise.all(Array.from({ length: row.concurrency ?? 1 }, work));
  } finally {
    await open.close();
  }
}

/** A throw outside of every promise a row waits for (in a timer, say) belongs to a case under way. */
async function tried(open: OpenRow, row: Row, seed: number, index: number): Promise<Verdict> {
  const limit = row.limitMs ?? CASE_LIMIT_MS;
  let settle: (verdict: Verdict) => void = () => undefined;
  const interrupted = new Promise<Verdict>((resolve) => (settle = resolve));
  const stray = (error: unknown): void => {
    settle({ kind: 'broken', what: `thrown outside of the case: ${described(error)}` });
  };
  const timer = setTimeout(() => {
    settle({ kind: 'broken', what: `has not ended within ${String(limit / 1000)} s` });
  }, limit);
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  try {
    return await Promise.race([open.run(faultCase(seed, row.id, index)), interrupted]);
  } catch (error) {
    return { kind: 'broken', what: described(error) };
  } finally {
    clearTimeout(timer);
    process.off('uncaughtException', stray);
    process.off('unhandledRejection', stray);
  }
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
