import assert from 'node:assert/strict';
import { readRun } from '../../../src/engine/index.js';
import { stepTitle } from '../../../src/planner/index.js';
import type { RunEvent, RunState } from '../../../src/events/index.js';

type Ended = Extract<RunEvent, { type: 'attempt_ended' }>;

/** What the journal of a run says, for a test that checks it against the hosts and against what was shown. */
export interface Account {
  /** Step and target of the last attempt whose end nobody knows. */
  readonly unknown: string | undefined;
  /** Everything that is done, as the command line names it. */
  readonly done: ReadonlySet<string>;
}

/** Reads a journal, and asserts that every attempt in it ended once, as one thing, and none was begun before the last had ended. */
export function accountOf(stateDirectory: string, run: string): Account {
  const { events, state, summary } = readRun(stateDirectory, run);
  assert.ok(state, `the journal of ${run} has no first record`);
  assert.equal(summary.problem, undefined);
  const open = new Set<string>();
  const done = new Set<string>();
  let unknown: string | undefined;
  for (const event of events) {
    if (event.type === 'attempt_intended') {
      const key = attemptKey(event);
      assert.ok(!open.has(key), `${key} was begun while it was under way`);
      open.add(key);
    }
    if (event.type === 'attempt_ended') {
      assert.ok(open.delete(attemptKey(event)), `${attemptKey(event)} ended without having begun`);
      if (event.outcome === 'unknown') unknown = attemptKey(event);
      if (event.outcome === 'succeeded') done.add(shownName(event, state));
    }
    if (event.type === 'invariant_checked' && event.verdict === 'holds') done.add(state.plan.invariants[event.index]?.title ?? '');
  }
  return { unknown, done };
}

/** Names that a command line has shown as done. */
export function shownAsDone(out: string): readonly string[] {
  return out.split('\n').flatMap((line) => /^✓ (.*?) {2}/.exec(line)?.[1] ?? []);
}

/** Step and target of an event: `step target`. */
export function attemptKey(at: { readonly step: string; readonly target: string }): string {
  return `${at.step} ${at.target}`;
}

function shownName(event: Ended, state: RunState): string {
  const title = stepTitle(state.plan, event.step);
  return event.target === '-' ? title : `${title} (${event.target})`;
}
