import { h } from '../dom/node.js';
import type { Child, ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';

/** A part of the page that can be closed: its heading is the button for that. `id` is unique on the page. */
export function section(
  id: string,
  title: string,
  { memory, redraw }: PlanContext,
  hint: string | undefined,
  ...content: readonly (Child | readonly Child[])[]
): ElementNode {
  const key = `section ${id}`;
  const isOpen = memory.isOpen(key, true);
  const turn = (): void => {
    memory.turn(key, !isOpen);
    redraw();
  };
  return h(
    'section',
    { key, class: `part part-${id}`, 'aria-labelledby': `heading-${id}` },
    h(
      'h2',
      { id: `heading-${id}`, tabindex: '-1' },
      h(
        'button',
        { type: 'button', class: 'toggle', 'aria-expanded': String(isOpen), on: { click: turn } },
        h('span', { class: 'twistie', 'aria-hidden': 'true' }, isOpen ? '▾' : '▸'),
        title,
      ),
      hint !== undefined && h('span', { class: 'hint' }, hint),
    ),
    ...(isOpen ? content : []),
  );
}
