import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';

/** A button of the toolkit. One primary button a card. */
export function button(
  label: string,
  act: () => void,
  appearance: 'primary' | 'secondary' = 'secondary',
  more: Readonly<Record<string, string>> = {},
): ElementNode {
  return h('vscode-button', { appearance, ...more, on: { click: act } }, label);
}
