import { h } from '../dom/node.js';
import { choices } from './choices.js';
import type { GateBody, GateContext, GateOf } from './context.js';
import { stopChoice } from './stopChoice.js';

/** The steps may not begin now: the run waits for a window, unless the person decides otherwise. */
export function windowGate(gate: GateOf<'window'>, context: GateContext): GateBody {
  return [
    h('p', { class: 'message' }, gate.text),
    gate.opensAt !== undefined && h('p', {}, 'Leave this open to wait: nothing needs to be done until then. ', opening(gate.opensAt)),
    choices(
      [
        {
          id: 'begin',
          label: 'Begin all the same…',
          consequence: 'The steps begin now, outside of the time that was agreed for them.',
          reason: 'needed',
          confirm: 'Begin now',
          decide: (why) => context.answer({ kind: 'begin', why }),
        },
        stopChoice(context),
      ],
      context,
    ),
  ];
}

function opening(at: string): ReturnType<typeof h> {
  return h('time', { datetime: at }, `By the clock of this machine: ${new Date(at).toLocaleString()}.`);
}
