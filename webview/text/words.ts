import type { RunState } from '../../src/events/index.js';
import type { Standing } from '../../src/protocol/index.js';

/** How a standing is called. */
export const STANDING: Readonly<Record<Standing, string>> = {
  pending: 'not yet',
  partly: 'in part',
  running: 'running',
  waiting: 'waiting for a person',
  succeeded: 'done',
  skipped: 'skipped',
  failed: 'failed',
  cancelled: 'cancelled',
  unknown: 'nobody knows',
};

/** How the status of a run is called. */
export const RUN_STATUS: Readonly<Record<RunState['status'], string>> = {
  created: 'Not started',
  running: 'Running',
  waiting: 'Waiting for you',
  succeeded: 'Succeeded',
  failed: 'Failed',
  stopped: 'Stopped',
  halted: 'Halted',
};

/** The same for a run that somebody else carries out. */
export const WATCHED_STATUS: typeof RUN_STATUS = { ...RUN_STATUS, running: 'Running elsewhere', waiting: 'Waiting for a person elsewhere' };

/** `1 step`, `3 steps`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
