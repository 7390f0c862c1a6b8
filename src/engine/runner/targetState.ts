import type { RunState, TargetState } from '../../events/index.js';

/** How a step stands, by target. The state of a run has every step of its plan and every target, from its first event on. */
export function targetStates(state: RunState, step: string): RunState['steps'][string] {
  return state.steps[step] as RunState['steps'][string];
}

/** How a step stands for one of its targets. */
export function targetState(state: RunState, step: string, target: string): TargetState {
  return targetStates(state, step)[target] as TargetState;
}
