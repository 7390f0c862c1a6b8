import { inlineText } from '../../lint/formats/markdownText.js';
import { visible } from '../../reporters/visible.js';
import type { Block } from '../block.js';

/** A report as Markdown. A text of a host is text there, whatever it holds. */
export function reportMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(markdownOf).join('\n\n')}\n`;
}

function markdownOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${cell(block.text)}`;
    case 'text':
      return cell(block.text);
    case 'warning':
      return `> [!WARNING]\n> ${cell(block.text)}`;
    case 'code':
      return indented(block.text);
    case 'list':
      return block.items.map((item) => `- ${cell(item)}`).join('\n');
    case 'table':
      return [rowOf(block.head.map(cell)), rowOf(block.head.map(() => '---')), ...block.rows.map((row) => rowOf(row.map(cell)))].join('\n');
  }
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** One line that begins nothing of its own: no list, quote or rule. */
function cell(text: string): string {
  return inlineText(oneLine(text))
    .replace(/^(?=[-+=:#>])/, '\\')
    .replace(/^(\d+)(?=[.)](?:\s|$))/, '$1\\');
}

/** Code by its indentation: no fence that the text could close. */
function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${visible(line.replaceAll('\t', '    '))}`)
    .join('\n');
}

function oneLine(text: string): string {
  return visible(text.trim().replaceAll(/\s*\n\s*/g, ' / '));
}
