import { placesOf, without } from './support/mutant.js';
import type { Mutant } from './support/mutant.js';

/** What makes a step safe to carry out, and an order worth keeping. */
const SAFEGUARDS = new Set(['verify', 'timeout', 'undo', 'irreversible', 'because']);

/** One safeguard taken away, one at a time. */
export function* deletions(text: string): Generator<Mutant> {
  for (const place of placesOf(text)) {
    if (SAFEGUARDS.has(String(place.pair.key.value))) yield { text: without(text, place), what: `deleted: ${place.name}` };
  }
}
