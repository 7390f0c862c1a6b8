import { LineIndex } from '../../text/lineIndex.js';
import type { AliasNode } from '../../text/syntaxNode.js';
import { asText } from '../declared/authorText.js';
import { columnOf, lineStart } from '../../text/lines.js';
import type { Found } from './hoverSubject.js';

/** Lines of what an alias stands for that are shown. */
const MOST_LINES = 12;

/** Markdown about what an alias stands for, as it is written where its anchor is; undefined where nothing has its name. */
export function aliasHover({ name, target, start, end }: AliasNode, text: string): Found | undefined {
  if (target === undefined) return undefined;
  const column = columnOf(text, target.start);
  const indentation = /^ */.exec(text.slice(lineStart(text, target.start)))?.[0].length ?? 0;
  const lines = text.slice(target.start, target.end).split(/\r\n|\n/);
  const outer = Math.min(column, ...lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : line.length - line.trimStart().length)));
  const shown = lines.slice(0, MOST_LINES).map((line, index) => (index === 0 ? line : line.slice(Math.min(outer, indentation + column))));
  const more = lines.length > MOST_LINES ? [`… and ${String(lines.length - MOST_LINES)} more lines`] : [];
  const fence = '`'.repeat(Math.max(3, ...[...text.slice(target.start, target.end).matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const line = new LineIndex(text).position(target.start).line;
  return {
    range: { start, end },
    markdown: [
      `**${asText(`*${name}`)}**: alias`,
      `Stands for what is on line ${String(line)}:`,
      [`${fence}yaml`, ...shown, ...more, fence].join('\n'),
    ].join('\n\n'),
    subject: { kind: 'value', name: `*${name}` },
  };
}
