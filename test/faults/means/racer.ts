import { existsSync } from 'node:fs';
import { createEngine, HumanError } from '../../../src/engine/index.js';
import { RunLock } from '../../../src/engine/journal/lock.js';
import { planDigest } from '../../../src/planner/index.js';
import type { Plan } from '../../../src/planner/index.js';

/** What a racer is told to try, at the same moment as the others. */
export interface Race {
  readonly kind: 'start' | 'resume' | 'lock';
  readonly directory: string;
  /** The run that is resumed. */
  readonly run?: string;
  readonly plan: Plan;
  /** Exists as soon as the race is on. */
  readonly gun: string;
  /** How long to hesitate after that, in microseconds. */
  readonly hesitation: number;
}

/** How it went: `done` with the run and its outcome, or the epoch of the lock; `refused` in words for people; `broken` is a fault of ours. */
export type Raced =
  | { readonly kind: 'done'; readonly run: string; readonly outcome: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'broken'; readonly why: string };

let held: RunLock | undefined;

process.on('message', (race: Race | 'release') => {
  if (race === 'release') {
    held?.release();
    held = undefined;
    process.send?.({ kind: 'done', run: '', outcome: 'released' } satisfies Raced);
    return;
  }
  void raced(race).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function raced(race: Race): Promise<Raced> {
  while (!existsSync(race.gun));
  const until = process.hrtime.bigint() + BigInt(race.hesitation) * 1000n;
  while (process.hrtime.bigint() < until);
  try {
    return await tried(race);
  } catch (error) {
    return error instanceof HumanError ? { kind: 'refused', why: error.message } : { kind: 'broken', why: String((error as Error).stack) };
  }
}

async function tried({ kind, directory, run, plan }: Race): Promise<Raced> {
  if (kind === 'lock') {
    held = RunLock.acquire(directory);
    return { kind: 'done', run: '', outcome: `epoch ${String(held.epoch)}` };
  }
  const engine = createEngine({
    stateDirectory: directory,
    version: 'test',
    operator: `racer ${String(process.pid)}`,
    baseDirectory: directory,
    assertMayAct: () => undefined,
    secret: () => Promise.resolve(undefined),
    ssh: {
      knownHosts: [],
      identities: [],
      useConfig: false,
      trustUnknownKey: () => Promise.resolve(false),
      askSecret: () => Promise.resolve(undefined),
    },
  });
  const handle =
    run === undefined
      ? await engine.start({ plan, digest: planDigest(plan), facts: [], approval: 'flag' })
      : await engine.resume(run, { onUnknown: 'stop', approval: 'flag' });
  const state = await handle.finished;
  return { kind: 'done', run: handle.run, outcome: state.status };
}
