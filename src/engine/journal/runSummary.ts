import { reduce } from '../../events/index.js';
import type { Owner, RunEvent, RunState, RunStatus } from '../../events/index.js';
import type { JournalContent } from './reader.js';

/** One line about a run. */
export interface RunSummary {
  readonly run: string;
  readonly status: RunStatus | 'unreadable';
  /** Title of the runbook. */
  readonly title: string;
  /** Title of the environment. */
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  readonly closedAt?: string;
  /** Steps (counted once for each of their targets) that have succeeded or are skipped, and all there are. */
  readonly done: number;
  readonly total: number;
  /** The process that is carrying it out now. */
  readonly holder?: Owner;
  /** It has ended other than well and can be gone on with. */
  readonly resumable: boolean;
  /** What is wrong with its journal. */
  readonly problem?: string;
}

/** The state that events lead to; undefined when there are none. Never throws. */
export function replay(events: readonly RunEvent[]): { readonly state: RunState | undefined; readonly problem?: string } {
  let state: RunState | undefined;
  for (const event of events) {
    try {
      state = reduce(state, event);
    } catch (error) {
      return { state, problem: `Record ${String(event.seq)} does not fit the ones before it: ${(error as Error).message}.` };
    }
  }
  return { state };
}

/** The line about the run with this journal. */
export function summarize(run: string, content: JournalContent, holder: Owner | undefined): RunSummary {
  const { state, problem: misfit } = replay(content.events);
  const problem = content.problem ?? misfit;
  const trouble = problem === undefined ? {} : { problem };
  const held = holder === undefined ? {} : { holder };
  if (state === undefined)
    return { run, status: 'unreadable', title: run, environment: 'unknown', done: 0, total: 0, ...held, resumable: false, ...trouble };
  const targets = Object.values(state.steps).flatMap((step) => Object.values(step));
  const writable = content.condition === 'sound' || content.condition === 'torn';
  return {
    run,
    status: state.status,
    title: state.plan.runbook.title,
    environment: state.plan.environment.title,
    createdAt: state.createdAt,
    ...(state.closedAt === undefined ? {} : { closedAt: state.closedAt }),
    done: targets.filter((target) => target.status === 'succeeded' || target.status === 'skipped').length,
    total: targets.length,
    ...held,
    resumable: writable && misfit === undefined && holder === undefined && state.status !== 'succeeded',
    ...trouble,
  };
}
