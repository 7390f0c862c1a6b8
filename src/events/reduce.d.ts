import type { RunEvent } from './runEvent.js';
import type { RunState } from './runState.js';
/**
 * The state after an event. Pure; the only place where a run's state is made, for live views, for resume and for tests.
 * The first event must be `run_created`; events of steps the plan does not have are ignored.
 */
export declare function reduce(state: RunState | undefined, event: RunEvent): RunState;
