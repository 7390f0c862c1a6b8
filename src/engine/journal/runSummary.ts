import { Fold } from '../../events/index.js';
import type { Owner, RunEvent, RunState, RunStatus, TargetState } from '../../events/index.js';
import type { JournalContent } from './reader.js';

const ENDED: ReadonlySet<RunStatus> = new Set(['succeeded', 'failed', 'stopped', 'halted']);

/** One line about a run. */
export interface RunSummary {
  readonly run: string;
  /** `interrupted`: its runner is certainly gone, and its journal has no end. */
  readonly status: RunStatus | 'interrupted' | 'unreadable';
  /** Title of the runbook. */
  readonly title: string;
  /** Title of the environment. */
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  readonly closedAt?: string;
  /** Counts its writers so far; absent where nothing of it can be read. */
  readonly epoch?: number;
  /** Steps (counted once for each of their targets) that have succeeded or are skipped, and all there are. */
  readonly done: number;
  readonly total: number;
  /** Targets of steps of which nobody knows whether they were done; in an interrupted run also what was under way, until a resume has asked. */
  readonly unknown: number;
  /** The process that is carrying it out now, or of which nobody can tell from here whether it still does. */
  readonly holder?: Owner;
  /** It has ended other than well and can be gone on with. */
  readonly resumable: boolean;
  /** What is wrong with its journal. */
  readonly problem?: string;
}

/** The state that events lead to, from the state before them; undefined when there are none. Never throws. */
export function replay(
  events: readonly RunEvent[],
  before?: RunState,
): { readonly state: RunState | undefined; readonly problem?: string } {
  const fold = new Fold(before);
  for (const event of events) {
    try {
      fold.add(event);
    } catch (error) {
      return { state: fold.state, problem: `Record ${String(event.seq)} does not fit the ones before it: ${(error as Error).message}.` };
    }
  }
  return { state: fold.state };
}

/** The line about the run with this journal. */
export function summarize(
  run: string,
  content: JournalContent,
  holder: Owner | undefined,
  { state, problem: misfit } = replay(content.events),
): RunSummary {
  const problem = content.problem ?? misfit;
  const trouble = problem === undefined ? {} : { problem };
  const held = holder === undefined ? {} : { holder };
  if (state === undefined) {
    const nothing = { problem: 'It was cut off before anything was done; start a new run.' };
    const about = { run, title: run, environment: 'unknown', done: 0, total: 0, unknown: 0, resumable: false };
    return { ...about, status: 'unreadable', ...held, ...nothing, ...trouble };
  }
  const targets = Object.values(state.steps).flatMap((step) => Object.values(step));
  const writable = content.condition === 'sound' || content.condition === 'torn';
  const interrupted = holder === undefined && !ENDED.has(state.status);
  const isUnknown = ({ status, attempts }: TargetState): boolean => {
    const last = attempts.at(-1);
    return status === 'unknown' || (interrupted && last !== undefined && last.ended === undefined);
  };
  return {
    run,
    status: interrupted ? 'interrupted' : state.status,
    title: state.plan.runbook.title,
    environment: state.plan.environment.title,
    createdAt: state.createdAt,
    ...(state.closedAt === undefined ? {} : { closedAt: state.closedAt }),
    epoch: state.epoch,
    done: targets.filter((target) => target.status === 'succeeded' || target.status === 'skipped').length,
    total: targets.length,
    unknown: targets.filter(isUnknown).length,
    ...held,
    resumable: writable && misfit === undefined && holder === undefined && state.status !== 'succeeded',
    ...trouble,
  };
}
