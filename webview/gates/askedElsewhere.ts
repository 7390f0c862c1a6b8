import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { ViewContext } from '../view/context.js';
import { icon } from '../view/icon.js';
import { titleOf, whereOf } from './card.js';

/** What a run asks that another process carries out: to be read here, and answered there. */
export function askedElsewhere({ state, live, elsewhere }: ViewContext): ElementNode | undefined {
  if (live || elsewhere === undefined || state.gates.length === 0) return undefined;
  return h(
    'section',
    { key: 'asked-elsewhere', class: 'asked', 'aria-label': 'Waiting for a person elsewhere' },
    state.gates.map((gate) =>
      h(
        'article',
        { key: gate.id, class: `card card-${gate.kind} watched` },
        h(
          'header',
          {},
          icon(gate.kind === 'failure' ? 'failed' : gate.kind === 'unknown' ? 'unknown' : 'waiting'),
          h('span', { class: 'kicker' }, 'Waits for a person elsewhere'),
          h('span', { class: 'where' }, whereOf(gate)),
        ),
        h('h2', {}, titleOf(gate, state)),
        h('p', { class: 'hint' }, 'Asked where the run is carried out; it cannot be answered here.'),
      ),
    ),
  );
}
