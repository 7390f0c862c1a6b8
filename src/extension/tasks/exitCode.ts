import type { RunState } from '../../events/index.js';

/** Exit code of a run as a task, the same as the command line gives: 0 done, 1 failed, 3 halted, 4 stopped by a person, 5 the end of an attempt is unknown. */
export function exitCodeOf(state: RunState): number {
  if (state.status === 'succeeded') return 0;
  const unknown = Object.values(state.steps).some((targets) => Object.values(targets).some(({ status }) => status === 'unknown'));
  if (unknown) return 5;
  if (state.status === 'halted') return 3;
  return state.status === 'failed' ? 1 : 4;
}

/** Exit code of a run that could not begin: files that are not sound, or a person who turned away. */
export const NOT_BEGUN = { unsound: 2, declined: 4 } as const;
