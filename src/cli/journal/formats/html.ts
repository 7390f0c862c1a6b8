import { visible } from '../../reporters/visible.js';
import type { Block } from '../block.js';

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --warn: #b45309; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: CanvasText; background: Canvas; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .2rem; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--soft); } pre { background: var(--soft); padding: .5rem; overflow-x: auto; } .warning { border-left: .3rem solid var(--warn); padding: .25rem .75rem; }
@media print { body { max-width: none; margin: 0; } }
`;

/** A report as one page that loads nothing and runs nothing; light or dark as the reader has it. */
export function reportHtml(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${blocks.map(htmlOf).join('\n')}
</main>
</body>
</html>
`;
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${String(block.level)}>${escaped(block.text)}</h${String(block.level)}>`;
    case 'text':
      return `<p>${escaped(block.text)}</p>`;
    case 'warning':
      return `<p class="warning" role="alert">${escaped(block.text)}</p>`;
    case 'code':
      return `<pre>${block.text.split('\n').map(escaped).join('\n')}</pre>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'table':
      return `<table>${headOf(block.head)}<tbody>${block.rows.map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`).join('\n')}</tbody></table>`;
  }
}

function headOf(head: readonly string[]): string {
  if (head.every((text) => text === '')) return '';
  return `<thead><tr>${head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')}</tr></thead>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  const lines = text.split('\n').map((line) => visible(line).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character));
  return lines.join('<br>');
}
