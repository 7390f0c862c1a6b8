import { showControls } from '../../src/events/index.js';
import type { ElementNode, ViewNode } from './node.js';

/** Only parts of a picture need the namespace. */
const SVG = 'http://www.w3.org/2000/svg';
const PICTURE = new Set(['svg', 'path', 'circle', 'line', 'rect']);

interface Drawn {
  readonly id: string;
  listeners: ElementNode['listeners'];
}

const drawn = new WeakMap<Node, Drawn>();

/** Makes the children of an element what the nodes describe, and keeps every element whose key or kind is still there. */
export function patch(parent: Element, nodes: readonly ViewNode[]): void {
  const old = new Map<string, Node[]>();
  for (const child of parent.childNodes) {
    const id = drawn.get(child)?.id ?? '';
    old.set(id, [...(old.get(id) ?? []), child]);
  }
  let place: Node | null = parent.firstChild;
  for (const node of nodes) {
    const child = old.get(idOf(node))?.shift() ?? create(node);
    update(child, node);
    if (child === place) place = place.nextSibling;
    else parent.insertBefore(child, place);
  }
  while (place !== null) {
    const next: Node | null = place.nextSibling;
    parent.removeChild(place);
    place = next;
  }
}

function idOf(node: ViewNode): string {
  if (typeof node === 'string') return '#text';
  if ('make' in node) return `*${node.key}`;
  return node.key === undefined ? node.tag : `${node.tag}:${node.key}`;
}

/** Makes the element a node describes. */
export function create(node: ViewNode): Node {
  const made =
    typeof node === 'string' ? document.createTextNode(showControls(node)) : 'make' in node ? node.make() : createElement(node.tag);
  drawn.set(made, { id: idOf(node), listeners: {} });
  update(made, node);
  return made;
}

function createElement(tag: string): Element {
  return PICTURE.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
}

function update(made: Node, node: ViewNode): void {
  if (typeof node === 'string') {
    const text = showControls(node);
    if (made.nodeValue !== text) made.nodeValue = text;
    return;
  }
  if ('make' in node) return;
  const element = made as Element;
  for (const { name } of [...element.attributes]) if (!(name in node.attributes) && !isOwn(element, name)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(node.attributes)) {
    // What a person has typed stays as it was typed.
    const text = value === true ? '' : name === 'value' ? value : showControls(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
  listen(element, node);
  patch(element, node.children);
}

/** Toolkit elements set attributes on themselves; those are not ours to remove. */
function isOwn(element: Element, name: string): boolean {
  return element.tagName.startsWith('VSCODE-') && !['disabled', 'title', 'aria-label', 'appearance'].includes(name);
}

/** One listener a kind for the life of the element; it calls what the latest description says. */
function listen(element: Element, node: ElementNode): void {
  const state = drawn.get(element);
  if (state === undefined) return;
  for (const kind of Object.keys(node.listeners)) {
    if (kind in state.listeners) continue;
    element.addEventListener(kind, (event) => drawn.get(element)?.listeners[kind]?.(event));
  }
  const silent = Object.fromEntries(Object.keys(state.listeners).map((kind) => [kind, () => undefined]));
  state.listeners = { ...silent, ...node.listeners };
}
