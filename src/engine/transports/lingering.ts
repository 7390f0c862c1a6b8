/** After a command has ended, how long its output may stay silent before a background process that still holds it is left behind. */
const SILENCE_MS = 500;

/**
 * Watches the output of a command that has ended but whose pipes are still open: a program it left in the background may hold them
 * for ever. Calls `leave` once nothing came for a while.
 */
export class Lingering {
  #last = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #over = false;

  /** `roundTrip` resolves when the other side has answered, and rejects when the line is gone: until then silence may only mean that it stands still. */
  constructor(private readonly roundTrip: () => Promise<void> = () => Promise.resolve()) {}

  /** Output came. */
  heard(): void {
    this.#last = performance.now();
  }

  /** The command has ended. */
  ended(leave: () => void): void {
    this.#last = performance.now();
    this.#timer = setInterval(() => {
      if (!this.#asking && performance.now() - this.#last >= SILENCE_MS) void this.#ask(leave);
    }, SILENCE_MS / 2);
    this.#timer.unref();
  }

  /** Its output is closed; there is nothing to watch. */
  closed(): void {
    this.#over = true;
    clearInterval(this.#timer);
  }

  async #ask(leave: () => void): Promise<void> {
    const last = this.#last;
    this.#asking = true;
    try {
      await this.roundTrip();
    } catch {
      // The line is gone, and the end of it closes the output too.
      return;
    }
    this.#asking = false;
    if (this.#over || this.#last !== last) return;
    this.closed();
    leave();
  }
}
