import { h } from '../dom/node.js';
import { isWebAddress, link, markdown } from '../markdown/markdown.js';
import { button } from './button.js';
import { choices } from './choices.js';
import type { GateBody, GateContext, GateOf } from './context.js';
import { evidenceForm } from './evidenceForm.js';
import { stopChoice } from './stopChoice.js';

/** A person acts, then gives the evidence that was asked for. */
export function manualGate(gate: GateOf<'manual'>, context: GateContext): GateBody {
  const { drafts } = context;
  const submit = (): void => {
    const evidence = form.read();
    if (evidence === undefined) return;
    const by = drafts.get('by').trim();
    if (gate.otherPerson && by === '') {
      context.complain(`Somebody other than ${context.state.operator} must approve this: enter the name.`);
      return;
    }
    context.answer({ kind: 'done', evidence, ...(gate.otherPerson ? { by } : {}) });
  };
  const form = evidenceForm(gate.evidence, context, submit);
  const named = (event: Event): void => drafts.set('by', (event.target as HTMLInputElement).value);
  return [
    h('div', { class: 'prose' }, markdown(gate.text, context.openLink)),
    gate.open !== undefined &&
      h(
        'p',
        { class: 'open' },
        isWebAddress(gate.open) ? link(gate.open, [`Open ${gate.open}`], context.openLink) : `Address: ${gate.open}`,
      ),
    gate.expect !== undefined &&
      h(
        'div',
        { class: 'expect' },
        h('p', { class: 'label' }, 'What you should see'),
        h('div', { class: 'prose' }, markdown(gate.expect, context.openLink)),
      ),
    gate.figure !== undefined && h('p', { class: 'hint' }, `Picture of the screen: ${gate.figure}`),
    form.fields.length > 0 && h('div', { class: 'fields' }, form.fields),
    gate.otherPerson &&
      h(
        'label',
        { class: 'field' },
        h('span', { class: 'label' }, `Approved by (not ${context.state.operator})`),
        h('input', { type: 'text', value: drafts.get('by'), autocomplete: 'off', on: { input: named } }),
      ),
    h('div', { class: 'actions' }, button('Done', submit, 'primary')),
    choices(
      [
        {
          id: 'skip',
          label: 'Skip…',
          consequence: gate.optional ? 'This step is optional.' : 'The run goes on without it; nobody checks whether it was needed.',
          reason: gate.optional ? 'optional' : 'needed',
          confirm: 'Skip this step',
          decide: (why) => context.answer({ kind: 'skip', why }),
        },
        stopChoice(context),
      ],
      context,
    ),
  ];
}
