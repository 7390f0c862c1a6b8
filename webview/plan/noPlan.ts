import type { NoPlan, PlanSheet } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { orderList } from './orders.js';

/** Why there is no plan, with a way to each cause. Below it stays the last plan that could be made, so that nothing jumps while somebody types. */
export function noPlanView(
  { runbook, inventory, why, problems, broken }: NoPlan,
  last: PlanSheet | undefined,
  post: PlanContext['post'],
): ElementNode {
  return h(
    'section',
    { key: 'no plan', class: 'no-plan', 'aria-labelledby': 'heading-no-plan' },
    h('h1', { id: 'heading-no-plan' }, 'No plan yet'),
    h('p', { class: 'hint' }, inventory === undefined ? runbook : `${runbook} on ${inventory}`),
    h('p', {}, why),
    inventory === undefined &&
      h(
        'p',
        {},
        h(
          'button',
          { type: 'button', class: 'button primary', on: { click: () => post({ type: 'choose_inventory' }) } },
          'Choose inventory',
        ),
      ),
    broken.length > 0 && orderList(broken, post),
    problems.length > 0 &&
      h(
        'ol',
        { class: 'problems' },
        problems.map(({ file, message }, index) => {
          const reveal = (): void => post({ type: 'reveal_problem', index });
          return h(
            'li',
            {},
            h('button', { type: 'button', class: 'link', title: 'Show it in the text', on: { click: reveal } }, `${file}: ${message}`),
          );
        }),
      ),
    last !== undefined && h('p', { class: 'hint' }, 'Below is the last plan that could be made.'),
  );
}
