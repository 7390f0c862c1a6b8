import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchesOf, branchFor, takesKind } from '../../schema/lookup.js';
import type { ScalarNode, SyntaxNode } from '../../text/syntaxNode.js';
import { contentRange, isAlone, isMark, lineBefore } from '../rough/cursor.js';
import type { Cursor } from '../rough/cursor.js';
import type { NodePath } from '../rough/nodePath.js';
import type { KeyPlace } from './keys.js';
import type { ValuePlace } from './values.js';
import { columnOf, lineStart } from '../../text/lines.js';

/** The innermost braces or brackets around a place; undefined where lines and columns count. */
export function flowAround({ marked }: Cursor, { containers }: NodePath): SyntaxNode | undefined {
  return containers.findLast(({ start }) => marked[start] === '{' || marked[start] === '[');
}

/** A key at the beginning of a line, or behind a dash. Where its line begins too far in or out, that is set right as well. */
export function blockPlace(cursor: Cursor, path: NodePath, what: 'key' | 'value' | 'item'): KeyPlace {
  const flow = flowAround(cursor, path) !== undefined;
  const line = lineBefore(cursor.text, cursor.word.start);
  const isBlank = /^[ \t]*$/.test(line);
  const wanted = isBlank && !flow ? columnOfOthers(cursor, path, what) : undefined;
  const column = wanted ?? columnOf(cursor.text, cursor.word.start) + cursor.lead.length;
  const start = lineStart(cursor.text, cursor.word.start);
  const isRight = wanted === undefined || line === ' '.repeat(wanted);
  const inList = what === 'value' && isBlank && !flow && typeof path.steps.at(-1) === 'number';
  const dash = (what === 'item' && isBlank) || inList ? '- ' : '';
  return {
    cursor,
    column: column + dash.length,
    flow,
    before: dash,
    more: isRight ? [] : [{ range: { start, end: cursor.word.start }, text: ' '.repeat(wanted) }],
    isPrerequisite: path.steps[0] === 'prerequisites',
  };
}

/** A key on a line of its own below the one that is written; the blank behind the colon goes. */
export function inlinePlace(cursor: Cursor, path: NodePath, dash: string): KeyPlace {
  const { text, word } = cursor;
  const start = lineStart(text, word.start);
  const indent = (/^[ \t]*(?:-[ \t]+)*/.exec(text.slice(start, word.start))?.[0].length ?? 0) + 2;
  let blank = word.start;
  while (text[blank - 1] === ' ') blank--;
  return {
    cursor: { ...cursor, lead: '' },
    column: indent + dash.length,
    flow: false,
    before: `\n${' '.repeat(indent)}${dash}`,
    more: blank < word.start ? [{ range: { start: blank, end: word.start }, text: '' }] : [],
    isPrerequisite: path.steps[0] === 'prerequisites',
  };
}

/** The column at which the other keys or dashes of the same collection stand. */
function columnOfOthers({ marked }: Cursor, { containers }: NodePath, what: 'key' | 'value' | 'item'): number | undefined {
  const container = containers.at(-1);
  if (container === undefined) return undefined;
  if (what === 'key' && container.kind === 'mapping') {
    const other = container.members.find(({ key }) => !isMark(key.text));
    return other === undefined ? undefined : columnOf(marked, other.key.start);
  }
  return what === 'value' && container.kind === 'list' ? columnOf(marked, container.start) : undefined;
}

/** Where a value goes: in place of the one that is there, as an item of a list where only a list may stand. */
export function valuePlace(cursor: Cursor, path: NodePath, node: ScalarNode, root: JsonSchema, schema: JsonSchema): ValuePlace {
  const isOneLine = !cursor.marked.slice(node.start, node.end).includes('\n');
  const content = isOneLine ? contentRange(cursor, node) : { ...cursor.word, quote: '' };
  const isList = isAlone(node) && !branchesOf(root, schema).some((branch) => takesKind(branch, 'text'));
  const needsList = isList && branchFor(root, schema, 'list') !== undefined;
  const isBlock = /^[ \t]*$/.test(lineBefore(cursor.text, cursor.word.start)) && flowAround(cursor, path) === undefined;
  const inList = typeof path.steps.at(-1) === 'number' && isBlock;
  const before = cursor.lead + (needsList ? (isBlock ? '- ' : '[') : inList ? '- ' : '');
  return { range: content, quote: content.quote, before, after: needsList && !isBlock ? ']' : '' };
}
