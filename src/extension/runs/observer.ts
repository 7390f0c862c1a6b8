import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ObservedEnd } from '../../engine/index.js';
import type { Owner, RunState } from '../../events/index.js';
import { readSettings } from './settings.js';

/** How often a run that nobody carries out is looked at: somebody may go on with it. In ms. */
const LOOK_MS = 2000;

/** What is told about a run that is followed. */
export interface Following {
  /** A new state, or another holder; `holder` is undefined when nobody carries the run out. */
  readonly told: (state: RunState, holder: Owner | undefined) => void;
  /** Nothing more comes for now. */
  readonly paused: (end: ObservedEnd) => void;
}

/** Follows one run that somebody else carries out, or may go on with, read-only. */
export class Observer {
  #following: AbortController | undefined;

  /** Follows this run instead of the one before, through every runner it gets. */
  follow(run: string, { told, paused }: Following): void {
    this.stop();
    const following = new AbortController();
    const { signal } = following;
    this.#following = following;
    const followOn = async (): Promise<void> => {
      const { holderOf, observe } = await import('./journals.js');
      const { stateDirectory } = readSettings();
      for (;;) {
        const end = await observe(stateDirectory, run, ({ state, holder }) => signal.aborted || told(state, others(holder)), signal);
        signal.throwIfAborted();
        paused(end);
        if (end === 'unreadable') return;
        do await sleep(LOOK_MS, undefined, { signal });
        while (holderOf(stateDirectory, run) === undefined);
      }
    };
    followOn().catch(() => {
      // The journal is gone or cannot be read any more: what was seen last stays, and opening the run again says why.
      if (this.#following === following) this.#following = undefined;
    });
  }

  stop(): void {
    this.#following?.abort();
    this.#following = undefined;
  }
}

/** The holder of a run, where it is not this very process. */
export function others(holder: Owner | undefined): Owner | undefined {
  return holder?.pid === process.pid && holder.host === hostname() ? undefined : holder;
}
