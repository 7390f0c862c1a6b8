/**
 * The clock of a lab: every delay is given at pace 1 and stretched or shortened here.
 * After {@link Pace.stop} nothing fires any more.
 */
export class Pace {
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(readonly factor: number) {}

  /** Runs `act` after `ms` milliseconds at pace 1. */
  after(ms: number, act: () => void): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms * this.factor);
    this.#timers.add(timer);
  }

  /** Waits `ms` milliseconds at pace 1. Never settles once the lab has stopped. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Waits until `holds`, looking every `ms` milliseconds at pace 1. Never settles once the lab has stopped. */
  async until(holds: () => boolean, ms = 200): Promise<void> {
    while (!holds()) await this.pause(ms);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
