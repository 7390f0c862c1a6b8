import { observe } from '../../engine/index.js';
import type { RunState } from '../../events/index.js';
import { readSettings } from './settings.js';

/** Follows one run that somebody else carries out, read-only. */
export class Observer {
  #following: AbortController | undefined;

  /** Follows this run instead of the one before. `told` is called with every new state until the run is closed or its runner is gone. */
  follow(run: string, told: (state: RunState) => void): void {
    this.stop();
    const following = new AbortController();
    this.#following = following;
    observe(readSettings().stateDirectory, run, ({ state }) => following.signal.aborted || told(state), following.signal).catch(() => {
      // The journal is gone or cannot be read any more: what was seen last stays, and opening the run again says why.
      this.#following = undefined;
    });
  }

  stop(): void {
    this.#following?.abort();
    this.#following = undefined;
  }
}
