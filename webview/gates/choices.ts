import { create, patch } from '../dom/patch.js';
import { h } from '../dom/node.js';
import type { IslandNode } from '../dom/node.js';
import { button } from './button.js';
import type { GateContext } from './context.js';

/** Something a person may decide. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** What follows from it. */
  readonly consequence: string;
  /** Asks for a reason, which goes into the journal. `optional`: it may be empty. */
  readonly reason: 'needed' | 'optional' | 'none';
  /** Label of the button that really does it. */
  readonly confirm: string;
  decide(why: string): void;
}

/** A row of buttons; one that has consequences opens a line that names them, and asks for the reason, before it is done. */
export function choices(list: readonly Choice[], context: GateContext): IslandNode {
  return {
    key: 'choices',
    make: () => {
      const root = document.createElement('div');
      root.className = 'choices';
      const draw = (open: Choice | undefined): void => {
        const row = h(
          'div',
          { class: 'actions' },
          list.map((choice) =>
            button(
              choice.label,
              () =>
                choice.reason === 'none' && choice.consequence === '' ? choice.decide('') : draw(open === choice ? undefined : choice),
              'secondary',
              {
                'aria-expanded': String(open === choice),
                key: choice.id,
              },
            ),
          ),
        );
        patch(root, [
          row,
          ...(open === undefined ? [] : [{ key: `confirm ${open.id}`, make: () => confirmation(open, context, () => draw(undefined)) }]),
        ]);
        if (open !== undefined) root.querySelector<HTMLElement>('.confirmation input, .confirmation vscode-button')?.focus();
      };
      draw(undefined);
      return root;
    },
  };
}

function confirmation(choice: Choice, { drafts, complain }: GateContext, back: () => void): HTMLElement {
  const field = `why ${choice.id}`;
  const decide = (): void => {
    const why = drafts.get(field).trim();
    if (choice.reason === 'needed' && why === '') complain('Give a reason; it goes into the journal.');
    else choice.decide(why);
  };
  const typed = (event: Event): void => drafts.set(field, (event.target as HTMLInputElement).value);
  const keyed = (event: Event): void => {
    const { key } = event as KeyboardEvent;
    if (key === 'Enter') decide();
    if (key === 'Escape') back();
  };
  const reason =
    choice.reason !== 'none' &&
    h(
      'label',
      { class: 'field' },
      h('span', { class: 'label' }, choice.reason === 'needed' ? 'Reason, for the journal' : 'Reason, for the journal (may be empty)'),
      h('input', { type: 'text', value: drafts.get(field), autocomplete: 'off', on: { input: typed, keydown: keyed } }),
    );
  return create(
    h(
      'div',
      { class: 'confirmation' },
      choice.consequence !== '' && h('p', {}, choice.consequence),
      reason,
      h('div', { class: 'actions' }, button(choice.confirm, decide, 'primary'), button('Back', back)),
    ),
  ) as HTMLElement;
}
