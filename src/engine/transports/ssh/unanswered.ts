import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../transport.js';

/** Waits between tries, in milliseconds. */
const BACK_OFF_MS = [250, 750, 1500];

/** Nobody was there, or the server had no room (MaxStartups): nothing has been sent, so that trying again does no harm. */
export class Unanswered extends TransportError {}

/** Tries again, a few times with growing waits, while it rejects with {@link Unanswered}; other errors are final. */
export async function untilAnswered<T>(attempt: () => Promise<T>): Promise<T> {
  for (const wait of BACK_OFF_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      await sleep(wait * (0.75 + Math.random() / 2));
    }
  }
  return attempt();
}
