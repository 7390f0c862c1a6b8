import { setTimeout as sleep } from 'node:timers/promises';
import type { Owner, RunEvent, RunState } from '../../events/index.js';
import { lockHolder } from './lock.js';
import { replay } from './runSummary.js';
import type { RunPlace } from './runStore.js';
import { JournalTail } from './tail.js';

/** How often a journal of another process is looked at, in ms. */
const LOOK_MS = 500;

/** What an observer is told. */
export interface Observed {
  /** What has happened since the last time, oldest first. */
  readonly events: readonly RunEvent[];
  readonly state: RunState;
  /** Who carries the run out; undefined when nobody does any more. */
  readonly holder: Owner | undefined;
  /** Nothing more can be read. */
  readonly problem?: string;
}

/** How observing ended: the run has an end, its runner is gone, or the journal cannot be followed any further. */
export type ObservedEnd = 'closed' | 'interrupted' | 'unreadable';

/**
 * Follows a run that another process carries out, read-only: first everything there is, then what is added. Resolves when the run
 * is closed or its runner is gone; rejects with the reason of the signal. `told` never throws.
 */
export async function observeRun(place: RunPlace, told: (seen: Observed) => void, signal: AbortSignal): Promise<ObservedEnd> {
  const tail = new JournalTail(place.journal);
  let seen: RunState | undefined;
  for (;;) {
    signal.throwIfAborted();
    // The holder is looked at first: what it wrote before it went is then certainly read.
    const holder = lockHolder(place.directory);
    const look = tail.look();
    const before = look.anew ? (seen?.lastSeq ?? 0) : 0;
    const { state, problem = look.problem } = replay(look.events, look.anew ? undefined : seen);
    const isNews = look.events.length > 0 || look.anew || problem !== undefined || holder === undefined;
    const events = look.events.filter(({ seq }) => seq > before);
    if (state !== undefined && isNews) told({ events, state, holder, ...(problem === undefined ? {} : { problem }) });
    seen = state;
    if (problem !== undefined) return 'unreadable';
    if (state?.closedAt !== undefined) return 'closed';
    if (holder === undefined) return 'interrupted';
    await sleep(LOOK_MS, undefined, { signal });
  }
}
