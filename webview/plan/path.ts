import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { section } from './section.js';

/** The upgrade path: every version where one must stop, and by which runbook each hop is done. */
export function pathView(context: PlanContext): ElementNode | undefined {
  const { hops } = context.sheet;
  if (hops.length === 0) return undefined;
  return section(
    'path',
    'Upgrade path',
    context,
    hops.length === 1 ? '1 hop' : `${String(hops.length)} hops`,
    h(
      'ol',
      { class: 'hops' },
      hops.map(({ heading, from, to, last, remarks }) =>
        h(
          'li',
          { key: heading },
          h('strong', {}, `${from ?? 'a version not known yet'} → ${to}`),
          h('span', { class: 'hint' }, last ? ' · the target' : ' · a stop that must be made'),
          remarks.map((text) => h('p', { class: 'hint' }, text)),
        ),
      ),
    ),
  );
}
