import type { Standing } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';

/** Shapes differ as well as colours, so that no meaning hangs on colour alone. */
const SHAPES: Readonly<Record<Standing, readonly ElementNode[]>> = {
  pending: [ring()],
  partly: [ring(), path('M8 2a6 6 0 0 1 0 12z', true)],
  running: [path('M8 2a6 6 0 1 1-6 6', false)],
  waiting: [disc(), path('M8 4.2v5', false, 'on'), path('M8 11.6v.3', false, 'on')],
  succeeded: [disc(), path('M4.8 8.3l2.2 2.2 4.2-4.6', false, 'on')],
  skipped: [ring(), path('M5 8h6', false)],
  failed: [disc(), path('M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2', false, 'on')],
  cancelled: [ring(), path('M4 12L12 4', false)],
  unknown: [disc(), path('M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.3', false, 'on'), path('M8 11.7v.2', false, 'on')],
};

/** The picture of a standing. Without a label it is decoration: the words stand beside it. */
export function icon(standing: Standing, label?: string): ElementNode {
  const named = label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label };
  return h('svg', { class: `icon is-${standing}`, viewBox: '0 0 16 16', width: '16', height: '16', ...named }, SHAPES[standing]);
}

function ring(): ElementNode {
  return h('circle', { key: 'ring', cx: '8', cy: '8', r: '6', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.4' });
}

function disc(): ElementNode {
  return h('circle', { key: 'disc', cx: '8', cy: '8', r: '6.7', fill: 'currentColor' });
}

function path(d: string, filled: boolean, on?: 'on'): ElementNode {
  const paint = filled
    ? { fill: 'currentColor' }
    : { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.7', 'stroke-linecap': 'round' };
  return h('path', { key: d, d, class: on === undefined ? false : 'on-disc', ...paint });
}
