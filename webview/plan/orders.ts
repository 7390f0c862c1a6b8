import type { SheetOrder } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { placeLink } from './link.js';
import { section } from './section.js';

const VERDICTS: Readonly<Record<SheetOrder['verdict'], string>> = {
  proven: 'holds',
  broken: 'is broken',
  empty: 'does not matter here',
  unproven: 'is not proven',
  open: 'cannot be proven yet',
};

/** What must happen before what, and why it is certain. */
export function ordersView(context: PlanContext): ElementNode | undefined {
  const { orders, proof } = context.sheet;
  if (orders.length === 0) return undefined;
  return section(
    'orders',
    'Order',
    context,
    String(orders.length),
    proof !== undefined && h('p', { class: 'hint' }, proof),
    orderList(orders, context.post),
  );
}

/** Declared orders with their verdicts, each leading to its place. */
export function orderList(orders: readonly SheetOrder[], post: PlanContext['post']): ElementNode {
  return h(
    'ul',
    { class: 'list' },
    orders.map(({ title, verdict, text, source, place }) =>
      h(
        'li',
        { key: `${title} ${String(place.line)} ${text}`, class: `order-${verdict}` },
        h('h3', {}, placeLink(place, post, title), h('span', { class: 'order-verdict' }, ` ${VERDICTS[verdict]}`)),
        h('p', {}, text),
        source !== undefined && h('p', { class: 'hint' }, source),
      ),
    ),
  );
}
