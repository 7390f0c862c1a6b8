import type { RunState } from '../events/index.js';

/** Exit codes of the command line. They are documented and do not change. */
export const ExitCode = {
  /** Done, or nothing found. */
  ok: 0,
  /** The run failed, the linter has findings, or the policy minds a change. */
  failed: 1,
  /** Wrong usage, or files that cannot be read or are not sound. */
  usage: 2,
  /** Nothing matched, or a fault of our own. */
  internal: 3,
  /** Stopped: a person is needed, or chose to stop. */
  stopped: 4,
  /** Nobody can know how an attempt ended. */
  unknown: 5,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** How a run ended, as an exit code. */
export function exitCodeOf({ status, steps }: RunState): ExitCode {
  if (status === 'succeeded') return ExitCode.ok;
  if (Object.values(steps).some((targets) => Object.values(targets).some((target) => target.status === 'unknown'))) return ExitCode.unknown;
  if (status === 'halted') return ExitCode.internal;
  return status === 'failed' ? ExitCode.failed : ExitCode.stopped;
}
