import type { Pace } from '../core/pace.js';

/** How long the product works through its changes once somebody has met the redirect, in milliseconds at pace 1. */
const SETTLE_MS = 6000;

/**
 * The time after the first hop in which the setup pages lead back to the home page. It runs from the first look at them, so that a run
 * which does not wait meets it however slow or fast the lab is.
 */
export class Settling {
  #state: 'settled' | 'unsettled' | 'under way' = 'settled';

  constructor(readonly pace: Pace) {}

  get settled(): boolean {
    return this.#state === 'settled';
  }

  begin(): void {
    this.#state = 'unsettled';
  }

  /** Somebody looks at the setup pages. */
  look(): void {
    if (this.#state !== 'unsettled') return;
    this.#state = 'under way';
    this.pace.after(SETTLE_MS, () => (this.#state = 'settled'));
  }
}
