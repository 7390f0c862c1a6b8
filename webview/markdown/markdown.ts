import type { Nodes, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { h } from '../dom/node.js';
import type { ViewNode } from '../dom/node.js';

/** Called with the address of a link that was clicked. */
export type OpenLink = (href: string) => void;

const SIMPLE: Readonly<Record<string, string>> = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  blockquote: 'blockquote',
  listItem: 'li',
};

/**
 * Markdown as elements from a short list. Markup in the text stays text, pictures become their description,
 * and only links to web pages can be followed.
 */
export function markdown(text: string, openLink: OpenLink): readonly ViewNode[] {
  return children(fromMarkdown(text), openLink);
}

function children(node: Parents, openLink: OpenLink): readonly ViewNode[] {
  return node.children.flatMap((child) => element(child, openLink));
}

function element(node: Nodes, openLink: OpenLink): readonly ViewNode[] {
  switch (node.type) {
    case 'text':
    case 'html':
      return [node.value];
    case 'inlineCode':
      return [h('code', {}, node.value)];
    case 'code':
      return [h('pre', { tabindex: '0' }, h('code', {}, node.value))];
    case 'break':
      return [h('br')];
    case 'thematicBreak':
      return [h('hr')];
    case 'heading':
      return [h('p', { class: 'heading' }, children(node, openLink))];
    case 'list':
      return [
        h(
          node.ordered === true ? 'ol' : 'ul',
          typeof node.start === 'number' && node.start !== 1 ? { start: String(node.start) } : {},
          children(node, openLink),
        ),
      ];
    case 'link':
      return isWebAddress(node.url)
        ? [link(node.url, children(node, openLink), openLink)]
        : [...children(node, openLink), ` (${node.url})`];
    case 'image':
      return node.alt === null || node.alt === undefined || node.alt === '' ? [] : [`[${node.alt}]`];
    case 'definition':
    case 'footnoteDefinition':
      return [];
    default: {
      if (!('children' in node)) return [];
      const tag = SIMPLE[node.type];
      return tag === undefined ? children(node, openLink) : [h(tag, {}, children(node, openLink))];
    }
  }
}

/** A link that asks the host to open an address; where it leads is shown beside words that do not say so. */
export function link(href: string, label: readonly ViewNode[], openLink: OpenLink): ViewNode {
  const follow = (event: Event): void => {
    event.preventDefault();
    openLink(href);
  };
  return h('a', { href: '#', title: href, class: 'link', on: { click: follow } }, label);
}

/** `http:` or `https:` with a host; everything else is shown, never followed. */
export function isWebAddress(address: string): boolean {
  try {
    const { protocol, hostname } = new URL(address);
    return (protocol === 'http:' || protocol === 'https:') && hostname !== '';
  } catch {
    return false;
  }
}
