import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';

/** Names with their values. `more`: a further class. */
export function pairs(rows: readonly (readonly [name: string, value: string])[], more = ''): ElementNode {
  return h(
    'dl',
    { class: `pairs ${more}`.trim() },
    rows.map(([name, value]) => h('div', { key: `${name} ${value}`, class: 'pair' }, h('dt', {}, name), h('dd', {}, value))),
  );
}
