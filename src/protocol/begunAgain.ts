import type { RunState } from '../events/index.js';
import { stepsIn } from './progress.js';

/** What was ended in the middle and is begun again, from its start, when the run goes on: titles of steps with their hosts, ` (a, b)`. */
export function begunAgain(state: RunState): readonly string[] {
  return stepsIn(state.plan.steps).flatMap((step) => {
    const ended = Object.entries(state.steps[step.path] ?? {}).filter(([, { status, attempts }]) => {
      // One that has not begun says why, and did not fail.
      return status === 'cancelled' && attempts.at(-1)?.ended?.failure !== undefined;
    });
    const hosts = ended.map(([key]) => key).filter((key) => key !== '-');
    return ended.length === 0 ? [] : [`${step.title}${hosts.length === 0 ? '' : ` (${hosts.join(', ')})`}`];
  });
}
