import type { SheetPlace } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';

/** Leads to a place in the text. */
export function placeLink({ file, line }: SheetPlace, post: PlanContext['post'], text = `${file}:${String(line)}`): ElementNode {
  const reveal = (): void => post({ type: 'reveal', file, line });
  return h('button', { type: 'button', class: 'link', title: `Show line ${String(line)} of ${file}`, on: { click: reveal } }, text);
}

/** Leads to a page on the web, which the extension opens. */
export function webLink(href: string, post: PlanContext['post']): ElementNode {
  const open = (): void => post({ type: 'open_link', href });
  return h('button', { type: 'button', class: 'link', title: 'Open it in a browser', on: { click: open } }, href);
}
