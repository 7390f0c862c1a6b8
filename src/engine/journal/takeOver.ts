import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Owner } from '../../events/index.js';
import type { TakeOver } from '../engine.js';
import { HumanError } from '../../events/index.js';
import { answerTo, askForRun, requestFor, withdrawRequest } from './handOver.js';
import type { HandOverAnswer } from './handOver.js';
import { lockHolder } from './lock.js';
import { isAliveHere } from './owner.js';

const LOOK_MS = 300;
const UNSEEN_MS = 15_000;

/** How the way became free: nobody holds the run (any more), its holder let it go, or its holder cannot be judged from here and does not answer. */
export type WayFree = { readonly how: 'free' | 'let_go' } | { readonly how: 'unsure'; readonly holder: Owner };

/**
 * Asks the holder of a run to let it go, and waits until it has. Rejects with a HumanError when the holder keeps it, or is certainly alive
 * on this machine and does not answer; with the reason of the signal when the wish is taken back.
 */
export async function wayFree(directory: string, by: string, { why, signal, told, unseenMs = UNSEEN_MS }: TakeOver): Promise<WayFree> {
  if (lockHolder(directory) === undefined) return { how: 'free' };
  const asked = performance.now();
  let request = askForRun(directory, by, hostname(), why);
  let last: HandOverAnswer | undefined;
  try {
    for (;;) {
      // Whoever lets the run go says so before the lock is free.
      const holder = lockHolder(directory);
      const answer = answerTo(directory, request.id) ?? last;
      if (holder === undefined) return { how: answer === 'letting_go' ? 'let_go' : 'free' };
      if (answer !== last && answer !== undefined) told(worded(answer, holder));
      last = answer;
      if (answer === 'refused')
        throw new HumanError(
          `${named(holder)} keeps the run.`,
          'Talk to whoever sits there, or watch it with `runbook runs RUN --follow`.',
        );
      if (answer === undefined && performance.now() - asked > unseenMs) return unanswered(holder);
      if (requestFor(directory) === undefined) request = askForRun(directory, by, hostname(), why);
      await sleep(LOOK_MS, undefined, { signal });
    }
  } finally {
    withdrawRequest(directory, request.id);
  }
}

function unanswered(holder: Owner): WayFree {
  if (!isAliveHere(holder)) return { how: 'unsure', holder };
  throw new HumanError(`${named(holder)} is alive on this machine, but does not answer.`, 'End that process first; then resume the run.');
}

function worded(answer: HandOverAnswer, holder: Owner): string {
  switch (answer) {
    case 'seen':
      return `${named(holder)} has been asked; waiting for the person there.`;
    case 'letting_go':
      return `${named(holder)} lets the run go; the steps under way are finished first.`;
    case 'refused':
      return `${named(holder)} keeps the run.`;
  }
}

function named({ pid, host }: Owner): string {
  return `Process ${String(pid)} on ${host}`;
}
