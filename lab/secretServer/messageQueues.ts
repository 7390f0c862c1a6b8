import type { Pace } from '../core/pace.js';

/** How many messages an upgrade leaves in a queue, and how many more come every {@link GROWS_MS} at pace 1. */
const LEFT_BEHIND = 40;
const GROWS_BY = 7;
const GROWS_MS = 500;

/** The queues of RabbitMQ. Messages pile up in them after an upgrade across 10.6.000000, until somebody clears them. */
export class MessageQueues {
  readonly #messages = new Map([
    ['engine-requests', 0],
    ['engine-responses', 0],
  ]);
  #pilesUp = false;

  constructor(readonly pace: Pace) {}

  /** Messages by the name of their queue. */
  list(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#messages);
  }

  get total(): number {
    return [...this.#messages.values()].reduce((sum, count) => sum + count, 0);
  }

  pileUp(): void {
    this.#add(LEFT_BEHIND);
    if (this.#pilesUp) return;
    this.#pilesUp = true;
    void this.#grow();
  }

  /** Empties all queues; nothing piles up afterwards. */
  clear(): void {
    this.#pilesUp = false;
    for (const name of this.#messages.keys()) this.#messages.set(name, 0);
  }

  async #grow(): Promise<void> {
    await this.pace.pause(GROWS_MS);
    while (this.#pilesUp) {
      this.#add(GROWS_BY);
      await this.pace.pause(GROWS_MS);
    }
  }

  #add(count: number): void {
    for (const [name, before] of this.#messages) this.#messages.set(name, before + count);
  }
}
