import type { Range } from '../text/range.js';
import type { SyntaxNode } from '../text/syntaxNode.js';
import { lineStart } from '../text/lines.js';

/** What a growing selection takes in, the smallest first, each within the next: a name, its chain, the expression, the text, the key with its value, … */
export function selectionRangesAt(text: string, root: SyntaxNode | undefined, offset: number): readonly Range[] {
  const around: Range[] = [{ start: 0, end: text.length }];
  const take = (range: Range): void => {
    around.push({ start: range.start, end: range.end });
  };
  let node = root;
  while (node !== undefined) {
    take(node);
    if (node.kind === 'mapping') {
      const member = node.members.find(({ key, value }) => key.start <= offset && offset <= Math.max(key.end, value?.end ?? 0));
      if (member === undefined) break;
      const { key, value } = member;
      take({ start: key.start, end: Math.max(key.end, value?.end ?? 0) });
      if (offset <= key.end) take(key);
      node = value !== undefined && offset >= value.start ? value : undefined;
    } else if (node.kind === 'list') {
      node = node.items.find((item) => item !== undefined && item.start <= offset && offset <= item.end);
    } else {
      if (node.kind === 'scalar') for (const range of withinText(text, node, offset)) take(range);
      break;
    }
  }
  const word = wordAt(text, offset);
  const last = around.at(-1);
  if (word !== undefined && last !== undefined && last.start <= word.start && word.end <= last.end) take(word);
  return nested(around, offset);
}

/** Inside of a scalar: what stands in its quotes, the line, `${{ }}`, the expression, and chains such as `inputs.target`. */
function* withinText(text: string, scalar: Range, offset: number): Generator<Range> {
  const source = text.slice(scalar.start, scalar.end);
  if (/^["'].*["']$/s.test(source)) yield { start: scalar.start + 1, end: scalar.end - 1 };
  const line = { start: lineStart(text, offset), end: text.indexOf('\n', offset) };
  const visible = text.slice(line.start, line.end < 0 ? text.length : line.end);
  if (source.includes('\n') && visible.trim() !== '')
    yield { start: line.start + (visible.length - visible.trimStart().length), end: line.start + visible.trimEnd().length };
  const open = text.lastIndexOf('${{', offset);
  const close = text.indexOf('}}', Math.max(offset - 1, open));
  if (open >= scalar.start && close >= 0 && close + 2 <= scalar.end && !text.slice(open, offset - 1).includes('}}')) {
    yield { start: open, end: close + 2 };
    const inside = text.slice(open + 3, close);
    const start = open + 3 + (inside.length - inside.trimStart().length);
    yield { start, end: Math.max(start, open + 3 + inside.trimEnd().length) };
  }
  for (const match of source.matchAll(/\w+(?:\s*\.\s*\w+)+/g)) {
    const start = scalar.start + match.index;
    if (start <= offset && offset <= start + match[0].length) yield { start, end: start + match[0].length };
  }
}

function wordAt(text: string, offset: number): Range | undefined {
  let [start, end] = [offset, offset];
  while (start > 0 && /\w/.test(text[start - 1] as string)) start--;
  while (end < text.length && /\w/.test(text[end] as string)) end++;
  return end > start ? { start, end } : undefined;
}

/** The smallest first; what does not lie within the one around it is left out. */
function nested(around: readonly Range[], offset: number): readonly Range[] {
  const kept: Range[] = [];
  for (const range of around) {
    const outer = kept.at(-1);
    if (range.start > offset || range.end < offset) continue;
    if (outer === undefined) kept.push(range);
    else if (range.start >= outer.start && range.end <= outer.end && range.end - range.start < outer.end - outer.start) kept.push(range);
  }
  return kept.reverse();
}
