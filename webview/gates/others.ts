import { h } from '../dom/node.js';
import { button } from './button.js';
import { choices } from './choices.js';
import type { GateBody, GateContext, GateOf } from './context.js';
import { evidenceForm } from './evidenceForm.js';
import { stopChoice } from './stopChoice.js';

/** One goal, several ways. */
export function methodGate(gate: GateOf<'method'>, context: GateContext): GateBody {
  const ways = gate.methods.map((method, index) =>
    h(
      'li',
      { class: 'remedy' },
      h(
        'div',
        {},
        h('p', {}, h('strong', {}, method.title)),
        h('p', { class: 'hint' }, method.needsPerson ? 'You do it yourself.' : 'Done for you.'),
      ),
      button('This way', () => context.answer({ kind: 'method', name: method.name }), index === 0 ? 'primary' : 'secondary', {
        'aria-label': `This way: ${method.title}`,
      }),
    ),
  );
  const skip = {
    id: 'skip',
    label: 'Skip…',
    consequence: 'The run goes on without it; nobody checks whether it was needed.',
    reason: gate.optional === true ? ('optional' as const) : ('needed' as const),
    confirm: 'Skip this step',
    decide: (why: string) => context.answer({ kind: 'skip', why }),
  };
  return [h('ul', { class: 'remedies' }, ways), choices([skip, stopChoice(context)], context)];
}

/** Nobody can know how an attempt ended. */
export function unknownGate(gate: GateOf<'unknown'>, context: GateContext): GateBody {
  return [
    h('p', { class: 'message' }, gate.text),
    h('p', {}, 'Find out on the host before you decide: doing it twice may do harm.'),
    gate.target !== '-' &&
      h(
        'div',
        { class: 'actions' },
        button('Open terminal', () => context.openTerminal(gate.target)),
      ),
    choices(
      [
        {
          id: 'succeeded',
          label: 'It has succeeded…',
          consequence: 'The run goes on as if the step had reported success.',
          reason: 'needed',
          confirm: 'Count it as succeeded',
          decide: (why) => context.answer({ kind: 'succeeded', why }),
        },
        {
          id: 'retry',
          label: 'Run it again…',
          consequence: 'The step is done once more, from its beginning.',
          reason: 'optional',
          confirm: 'Run it again',
          decide: (why) => context.answer(why === '' ? { kind: 'retry' } : { kind: 'retry', why }),
        },
        stopChoice(context),
      ],
      context,
    ),
  ];
}

/** Nobody can tell whether the step is to be done. */
export function doubtGate(gate: GateOf<'doubt'>, context: GateContext): GateBody {
  return [
    h('p', { class: 'message' }, gate.text),
    h(
      'div',
      { class: 'actions' },
      button('Look again', () => context.answer({ kind: 'retry' }), 'primary'),
      gate.target !== '-' && button('Open terminal', () => context.openTerminal(gate.target)),
    ),
    choices(
      [
        {
          id: 'perform',
          label: 'Do it…',
          consequence: 'The step is carried out.',
          reason: 'needed',
          confirm: 'Do it',
          decide: (why) => context.answer({ kind: 'perform', why }),
        },
        {
          id: 'skip',
          label: 'Leave it out…',
          consequence: 'The run goes on without it; nobody checks whether it was needed.',
          reason: gate.optional === true ? 'optional' : 'needed',
          confirm: 'Leave it out',
          decide: (why) => context.answer({ kind: 'skip', why }),
        },
        stopChoice(context),
      ],
      context,
    ),
  ];
}

/** A program asks something nobody foresaw. */
export function promptGate(gate: GateOf<'prompt'>, context: GateContext): GateBody {
  const at = Object.values(context.state.steps[gate.step] ?? {}).flatMap((target) => target.attempts.at(-1)?.atHost ?? []);
  const host = at.includes(gate.target) ? gate.target : (at[0] ?? gate.target);
  return [
    h('p', {}, 'The program is waiting and no prepared answer fits. It is not stopped, and its time limit goes on counting.'),
    h('pre', { class: 'output', tabindex: '0', 'aria-label': 'What the program asks' }, gate.text),
    h(
      'div',
      { class: 'actions' },
      button('Answer in the terminal', () => context.openTerminal(host), 'primary'),
      button('I have answered', () => context.answer({ kind: 'typed' })),
    ),
    choices([stopChoice(context)], context),
  ];
}

/** Something must be known that no probe could tell. */
export function valueGate(gate: GateOf<'value'>, context: GateContext): GateBody {
  const submit = (): void => {
    const given = form.read()?.[0];
    if (given !== undefined) context.answer({ kind: 'value', value: given.value });
  };
  const form = evidenceForm([gate.request], context, submit);
  return [
    h('p', { class: 'message' }, gate.text),
    h('div', { class: 'fields' }, form.fields),
    h('div', { class: 'actions' }, button('Go on', submit, 'primary')),
    choices([stopChoice(context)], context),
  ];
}
