import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Tally } from './support/check.js';
import type { ShardReport } from './support/shard.js';

const RUNS = Number(process.env['RUNBOOK_RUNS'] ?? 10_000);
/** The first seed; the others follow it. Always the same unless it is given, so that a change is judged by what it changes; `RUNBOOK_SEED=$RANDOM` looks elsewhere. */
const SEED = Number(process.env['RUNBOOK_SEED'] ?? 20_260_000);

describe('random valid runbooks on random inventories', () => {
  it(`${String(RUNS)} of them, from RUNBOOK_SEED=${String(SEED)}: orders, batches, plan and JSON, digests, rules that never throw`, async () => {
    const shards = Math.min(RUNS, Math.max(2, availableParallelism()));
    const share = Math.ceil(RUNS / shards);
    const children = Array.from({ length: shards }, (_, index) => startShard(SEED + index * share, share));
    const seen: Record<string, number> = {};
    try {
      for (const tally of await Promise.all(children.map(tallyOf)))
        for (const [what, times] of Object.entries(tally)) seen[what] = (seen[what] ?? 0) + times;
    } finally {
      for (const child of children) child.kill();
    }
    if (RUNS < 1000) return;
    const least: Tally = { plans: RUNS, broken: RUNS / 10, proven: RUNS / 20, batches: RUNS / 5, hops: RUNS / 20, diagnosed: RUNS / 250 };
    for (const [what, times] of Object.entries(least)) assert.ok((seen[what] ?? 0) >= times, `${what}: ${JSON.stringify(seen)}`);
  }).timeout(600_000);
});

/** Begins to check some seeds in another process. */
function startShard(first: number, count: number): ChildProcess {
  return fork(join(import.meta.dirname, 'support/shard.ts'), [String(first), String(count)], { execArgv: ['--import', 'tsx'] });
}

/** What a shard has seen. Rejects with the seed that shows what is wrong. */
function tallyOf(child: ChildProcess): Promise<Tally> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const report = message as ShardReport;
      if ('tally' in report) resolve(report.tally);
      else reject(new Error(`RUNBOOK_SEED=${String(report.seed)} RUNBOOK_RUNS=1 shows it again.\n${report.failure}`));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`a process with some of the seeds ended with ${String(code)} and said nothing`));
    });
  });
}
