import { stepAt, stepsIn, titlesOf } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import { isWebAddress, link } from '../markdown/markdown.js';
import { count } from '../text/words.js';
import { button } from './button.js';
import { choices } from './choices.js';
import type { Choice } from './choices.js';
import type { GateBody, GateContext, GateOf } from './context.js';
import { stopChoice } from './stopChoice.js';

type FailureGate = GateOf<'failure'>;

/** A step failed: what happened, what is known to help, and what else can be decided. */
export function failureGate(gate: FailureGate, context: GateContext): GateBody {
  const { failure } = gate;
  const remedies = [...gate.remedies].sort((a, b) => Number(b.matches) - Number(a.matches));
  const matched = remedies.some((remedy) => remedy.matches && remedy.acts);
  return [
    h('p', { class: 'message' }, failure.message),
    failure.next !== undefined && h('p', {}, failure.next),
    failure.detail !== undefined && h('pre', { class: 'output', tabindex: '0', 'aria-label': 'End of the output' }, failure.detail),
    remedies.length > 0 && h('p', { class: 'label' }, 'What is known to help'),
    remedies.length > 0 &&
      h(
        'ul',
        { class: 'remedies' },
        remedies.map((remedy) => remedyItem(remedy, context)),
      ),
    gate.escalate !== undefined &&
      h('p', {}, 'If nothing helps, turn to ', h('strong', {}, gate.escalate), '.', ...contactLink(gate, context)),
    h(
      'div',
      { class: 'actions' },
      button('Try again', () => context.answer({ kind: 'retry' }), matched ? 'secondary' : 'primary'),
    ),
    h('p', { class: 'label' }, 'Or decide otherwise'),
    choices(otherwise(gate, context), context),
  ];
}

function remedyItem(remedy: FailureGate['remedies'][number], context: GateContext): ElementNode {
  return h(
    'li',
    { class: remedy.matches ? 'remedy matches' : 'remedy' },
    h(
      'div',
      {},
      h('p', {}, h('strong', {}, remedy.title), remedy.matches && h('span', { class: 'badge' }, 'fits this error')),
      remedy.cause !== undefined && h('p', { class: 'hint' }, remedy.cause),
    ),
    remedy.acts
      ? button(
          'Do this, then try again',
          () => context.answer({ kind: 'remedy', index: remedy.index }),
          remedy.matches ? 'primary' : 'secondary',
        )
      : button('I have done this, try again', () => context.answer({ kind: 'remedy', index: remedy.index })),
  );
}

function contactLink(gate: FailureGate, context: GateContext): ElementNode['children'] {
  const contact = stepAt(context.state, gate.step)?.escalate;
  const ways = [contact?.phone, contact?.email].filter((way) => way !== undefined);
  const url = contact?.url !== undefined && isWebAddress(contact.url) ? [' ', link(contact.url, [contact.url], context.openLink)] : [];
  return [...(ways.length === 0 ? [] : [` ${ways.join(', ')}`]), ...url];
}

function otherwise(gate: FailureGate, context: GateContext): readonly Choice[] {
  const list: Choice[] = [
    {
      id: 'skip',
      label: 'Skip…',
      consequence: 'The run goes on as if this step were not needed. Nobody has checked that it is not.',
      reason: gate.optional === true ? 'optional' : 'needed',
      confirm: 'Skip this step',
      decide: (why) => context.answer({ kind: 'skip', why }),
    },
  ];
  if (gate.excludable) {
    list.push({
      id: 'exclude',
      label: `Leave ${gate.target} out…`,
      consequence: `${gate.target} takes no further part in this run: ${count(stepsToCome(gate, context), 'step')} will not be done on it. It stays as it is now.${touched(gate)}`,
      reason: 'needed',
      confirm: `Leave ${gate.target} out`,
      decide: (why) => context.answer({ kind: 'exclude', why }),
    });
  }
  if (gate.undo.length > 0) {
    const steps = gate.undo.map(
      (place) => `${titlesOf(context.state, place.step).at(-1) ?? place.step}${place.target === '-' ? '' : ` (${place.target})`}`,
    );
    list.push({
      id: 'undo',
      label: 'Take back…',
      consequence: `Takes back, latest first: ${steps.join('; ')}. Then this question comes again.`,
      reason: 'needed',
      confirm: 'Take it back',
      decide: (why) => context.answer({ kind: 'undo', why }),
    });
  }
  return [...list, stopChoice(context)];
}

function touched({ exclusion = [] }: FailureGate): string {
  return exclusion.map((effect) => ` ${effect}`).join('');
}

function stepsToCome(gate: FailureGate, { state }: GateContext): number {
  return stepsIn(state.plan.steps).filter((step) => {
    const status = state.steps[step.path]?.[gate.target]?.status;
    return status === 'pending' || status === 'failed';
  }).length;
}
