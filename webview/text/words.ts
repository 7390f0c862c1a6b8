import type { RunState } from '../../src/events/index.js';
import type { Standing } from '../../src/protocol/index.js';

/** How a standing is called. */
export const STANDING: Readonly<Record<Standing, string>> = {
  pending: 'not yet',
  partly: 'in part',
  running: 'running',
  waiting: 'waiting for you',
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

/** `1 step`, `3 steps`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
