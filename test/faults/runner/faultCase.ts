import { createHash } from 'node:crypto';
import type { FaultCase } from '../row.js';

/** The case of a row with this number; the same for the same seed, whatever else is tried. */
export function faultCase(seed: number, row: string, index: number): FaultCase {
  const own = createHash('sha256')
    .update(`${String(seed)} ${row} ${String(index)}`)
    .digest()
    .readUInt32LE(0);
  return { index, seed: own, random: randomNumbers(own) };
}

/** Numbers from 0 up to 1 that look random and are the same for the same seed (the generator known as mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
