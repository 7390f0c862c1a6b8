/** After a command has ended, how long its output may stay silent before a background process that still holds it is left behind. */
const SILENCE_MS = 500;

/**
 * Watches the output of a command that has ended but whose pipes are still open: a program it left in the background may hold them
 * for ever. Calls `leave` once nothing came for a while.
 */
export class Lingering {
  #last = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** Output came. */
  heard(): void {
    this.#last = performance.now();
  }

  /** The command has ended. */
  ended(leave: () => void): void {
    this.#last = performance.now();
    this.#timer = setInterval(() => {
      if (performance.now() - this.#last < SILENCE_MS) return;
      this.closed();
      leave();
    }, SILENCE_MS / 2);
    this.#timer.unref();
  }

  /** Its output is closed; there is nothing to watch. */
  closed(): void {
    clearInterval(this.#timer);
  }
}
