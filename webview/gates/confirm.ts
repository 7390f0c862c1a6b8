import { begunAgain, placesOf, splitQuestion, stepAt } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import { button } from './button.js';
import { choices } from './choices.js';
import type { GateBody, GateContext, GateOf } from './context.js';
import { stopChoice } from './stopChoice.js';

/** The last look before the first act. */
export function confirmGate(gate: GateOf<'confirm'>, context: GateContext): GateBody {
  const { typed, unrehearsed } = gate;
  const { rest } = splitQuestion(gate.text);
  const again = begunAgain(context.state);
  const approve = (): void => {
    const text = context.drafts.get('typed').trim();
    const why = context.drafts.get('why begin').trim();
    if (typed !== undefined && text !== typed) context.complain(`Type the name of the environment, "${typed}", to approve.`);
    else if (unrehearsed !== undefined && why === '')
      context.complain('Give a reason to begin without the rehearsal; it goes into the journal.');
    else
      context.answer({ kind: 'approve', ...(typed === undefined ? {} : { typed: text }), ...(unrehearsed === undefined ? {} : { why }) });
  };
  const keyed = (event: Event): void => {
    if ((event as KeyboardEvent).key === 'Enter') approve();
  };
  const keep =
    (field: string) =>
    (event: Event): void =>
      context.drafts.set(field, (event.target as HTMLInputElement).value);
  const rows = gate.hosts.map((host) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, host.name),
      h('td', {}, host.user === undefined ? host.address : `${host.user}@${host.address}`),
      h('td', { class: 'fingerprint' }, host.fingerprint ?? '—'),
    ),
  );
  const head = h('tr', {}, h('th', { scope: 'col' }, 'Host'), h('th', { scope: 'col' }, 'Login'), h('th', { scope: 'col' }, 'Host key'));
  return [
    rest !== '' && h('p', { class: 'message' }, rest),
    h('div', { class: 'scroll' }, h('table', { class: 'hosts' }, h('thead', {}, head), h('tbody', {}, rows))),
    again.length > 0 && h('p', { class: 'label' }, 'Was ended in the middle, and is begun again from its start'),
    again.length > 0 &&
      h(
        'ul',
        {},
        again.map((title) => h('li', {}, title)),
      ),
    gate.irreversible.length > 0 && h('p', { class: 'label danger' }, 'Cannot be taken back'),
    gate.irreversible.length > 0 &&
      h(
        'ul',
        { class: 'irreversible' },
        gate.irreversible.map(({ step, title, why }) => h('li', {}, h('strong', {}, title), `${hostsOf(step, context)} — ${why}`)),
      ),
    typed !== undefined &&
      h(
        'label',
        { class: 'field' },
        h('span', { class: 'label' }, 'This is production. Type ', h('code', {}, typed), ' to go on'),
        h('input', {
          type: 'text',
          value: context.drafts.get('typed'),
          autocomplete: 'off',
          spellcheck: 'false',
          on: { input: keep('typed'), keydown: keyed },
        }),
      ),
    unrehearsed !== undefined &&
      h(
        'label',
        { class: 'field' },
        h('span', { class: 'label' }, 'Not rehearsed: why begin all the same? For the journal'),
        h('input', {
          type: 'text',
          value: context.drafts.get('why begin'),
          autocomplete: 'off',
          on: { input: keep('why begin'), keydown: keyed },
        }),
      ),
    h('div', { class: 'actions' }, button('Begin', approve, 'primary')),
    choices([stopChoice(context)], context),
  ];
}

function hostsOf(path: string, { state }: GateContext): string {
  const step = stepAt(state, path);
  return step === undefined ? '' : placesOf(step);
}
