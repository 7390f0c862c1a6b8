import type { SheetSpan } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { pairs } from './pairs.js';
import { section } from './section.js';

/** Width of the whole work in its picture. */
const WIDTH = 1000;
/** No part is drawn narrower. */
const LEAST = 6;

/** How long the parts take, when to begin, and what must be begun before. */
export function timelineView(context: PlanContext): ElementNode | undefined {
  const { timeline, times } = context.sheet;
  if (timeline.length === 0 && times.length === 0) return undefined;
  return section(
    'timeline',
    'Timeline',
    context,
    undefined,
    times.length > 0 && pairs(times),
    timeline.length > 0 &&
      h(
        'ol',
        { class: 'spans' },
        timeline.map((span) =>
          h('li', { key: span.path }, h('span', { class: 'span-title' }, span.title), bar(span), h('span', { class: 'hint' }, span.text)),
        ),
      ),
  );
}

/** The text beside it says the same. */
function bar({ begin, end }: SheetSpan): ElementNode {
  const x = Math.min(Math.round(begin * WIDTH), WIDTH - LEAST);
  const width = Math.max(Math.round((end - begin) * WIDTH), LEAST);
  return h(
    'svg',
    { class: 'bar', viewBox: `0 0 ${String(WIDTH)} 10`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('rect', { class: 'bar-all', x: '0', y: '4', width: String(WIDTH), height: '2' }),
    h('rect', { class: 'bar-part', x: String(x), y: '0', width: String(width), height: '10' }),
  );
}
