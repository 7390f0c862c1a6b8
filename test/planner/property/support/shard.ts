// A process of its own for a part of the seeds: `shard.ts FIRST COUNT`. Sends its tally, or the first seed that failed and why.
import { checkSeed } from './check.js';
import type { Tally } from './check.js';

/** What a shard sends when it has ended. */
export type ShardReport = { readonly tally: Tally } | { readonly seed: number; readonly failure: string };

async function report(first: number, count: number): Promise<ShardReport> {
  const tally: Tally = { plans: 0, broken: 0, proven: 0, batches: 0, hops: 0, diagnosed: 0 };
  for (let seed = first; seed < first + count; seed++) {
    try {
      await checkSeed(seed, tally);
    } catch (error) {
      return { seed, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }
  return { tally };
}

const [first, count] = process.argv.slice(2).map(Number);
process.send?.(await report(first ?? 1, count ?? 1));
process.disconnect();
