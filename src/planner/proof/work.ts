/** Moments that are looked at before the orders of a runbook have been looked at for long enough: about a second. */
export const MOST_LOOKS = 4_000_000;

/** What it takes to tell people of one broken order, beside the moments that lead to it. */
export const TOLD = 2_000;

/** Counts what is looked at while orders are proven, so that it ends after the same work on every machine. */
export class Work {
  #left: number;

  constructor(most: number = MOST_LOOKS) {
    this.#left = most;
  }

  /** Nothing is left. */
  get isDone(): boolean {
    return this.#left < 0;
  }

  /** False once nothing is left. */
  spend(looks: number): boolean {
    this.#left -= looks;
    return this.#left >= 0;
  }
}
