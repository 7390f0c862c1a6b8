import type { Choice } from './choices.js';
import type { GateContext } from './context.js';

/** Ends the run here; every gate offers it. */
export function stopChoice(context: GateContext): Choice {
  return {
    id: 'stop',
    label: 'Stop the run…',
    consequence: 'What is done stays done. The run can be resumed from here later.',
    reason: 'optional',
    confirm: 'Stop the run',
    decide: (why) => context.answer(why === '' ? { kind: 'stop' } : { kind: 'stop', why }),
  };
}
