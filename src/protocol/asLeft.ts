import type { RunState, TargetState } from '../events/index.js';
import { isOver } from './progress.js';

/**
 * The state of a run that nobody carries out any more, as far as it can be told: of what was under way nobody knows how it ended, and no
 * question is open. A run that is over stays as it is.
 */
export function asLeft(state: RunState): RunState {
  if (isOver(state)) return state;
  const asked = new Set(state.gates.flatMap((gate) => (gate.kind !== 'prompt' && 'step' in gate ? [gate.step] : [])));
  const left = (path: string, target: TargetState): TargetState => {
    if (target.status === 'waiting' && asked.has(path)) return { ...target, status: 'pending' };
    return target.status === 'running' || target.status === 'waiting' ? { ...target, status: 'unknown' } : target;
  };
  const steps = Object.entries(state.steps).map(([path, targets]) => [
    path,
    Object.fromEntries(Object.entries(targets).map(([key, target]) => [key, left(path, target)])),
  ]);
  return { ...state, gates: [], steps: Object.fromEntries(steps) as RunState['steps'] };
}
