import { columnOf, lineStart } from '../../text/lines.js';
import { cursorAt, isAlone, isMark } from '../rough/cursor.js';
import type { Cursor } from '../rough/cursor.js';
import { flowAround } from './places.js';
import { rank } from './item.js';
import type { CompletionItem } from './item.js';

/** What is offered for a text at an offset. */
type Offering = (text: string, offset: number) => Promise<readonly CompletionItem[]>;

/** Details of keys without which a mapping is not whole. */
const NEEDED = new Set(['needed', 'one of these is needed']);

/** A block that may go on in the line of the cursor. */
interface Level {
  readonly column: number;
  readonly isList: boolean;
  /** It lies further in than the line begins. */
  readonly isDeeper: boolean;
}

/**
 * What may follow the block around the cursor or above it, where the line is empty and the block may end there: keys of what is further out, and the
 * next step or entry of the list. Taking one sets the indentation right, so that nobody needs to know it.
 */
export async function outerItems(cursor: Cursor, inner: readonly CompletionItem[], offering: Offering): Promise<readonly CompletionItem[]> {
  const { text, word, offset } = cursor;
  const start = lineStart(text, word.start);
  const indent = word.start - start;
  const found: CompletionItem[] = [];
  const known = new Set(inner.map(({ label }) => label));
  const isWhole = !inner.some(({ detail }) => NEEDED.has(detail ?? ''));
  for (const [depth, { column, isList, isDeeper }] of levelsAround(cursor).entries()) {
    const items = await offering(withIndent(text, word.start, column), offset + column - indent);
    const more = isDeeper ? [] : [{ range: { start, end: word.start }, text: ' '.repeat(column) }];
    const edit = (added: string): CompletionItem['edit'] => ({ range: word, text: isDeeper ? ' '.repeat(column - indent) + added : added });
    const extra = more.length > 0 ? { more } : {};
    const isStep = items.some(({ label }) => label.startsWith('step: '));
    if (isDeeper && !isStep) continue;
    if (isList) {
      const label = isStep ? 'next step' : 'next entry';
      const isFirst = !known.has(label);
      known.add(label);
      found.push({
        label: isFirst ? label : `${label}, further out`,
        kind: 'snippet',
        detail: isStep ? 'of the list of steps' : 'of the list',
        edit: edit('- '),
        format: 'plain',
        sortText: isWhole && isFirst && !isDeeper ? rank(2, 9999) : rank(5, depth),
        ...extra,
        retrigger: true,
      });
    }
    for (const item of items) {
      if (known.has(item.label) || (item.more ?? []).length > 0 || (isList ? item.kind !== 'snippet' : item.kind !== 'key')) continue;
      known.add(item.label);
      const detail = isList ? item.detail : [item.detail, 'further out'].filter((part) => part !== undefined).join(', ');
      found.push({
        ...item,
        ...(detail === undefined ? {} : { detail }),
        edit: edit(item.edit.text),
        sortText: `5${String(depth).padStart(2, '0')}${item.sortText}`,
        ...extra,
      });
    }
  }
  return found;
}

/** Blocks above and around the cursor, from the inside out: those that may go on in its line without taking in what follows. */
function levelsAround(cursor: Cursor): readonly Level[] {
  const { text, word, path } = cursor;
  const indent = columnOf(text, word.start);
  const before = text.slice(word.start - indent, word.start);
  const behind = text.slice(word.end);
  if (path === undefined || !/^ *$/.test(before) || !/^[ \t]*(?:\r?\n|$)/.test(behind) || flowAround(cursor, path) !== undefined) return [];
  // A block with nothing in it does not end yet, and a line within a script ends nothing.
  const isItem =
    path.hit.kind === 'value' && path.hit.node.kind === 'scalar' && isAlone(path.hit.node) && typeof path.steps.at(-1) === 'number';
  if (path.hit.kind === 'value' && !isItem) return [];
  const next = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)[^\s#]/.exec(behind.replace(/^[^\n]*\n/, ''))?.[1]?.length ?? 0;
  const last = columnAbove(text, word.start - indent);
  const deeper =
    last <= indent
      ? []
      : blocksOf(cursorAt(withIndent(text, word.start, last), word.start - indent + last)).filter(
          ({ column, isList }) => isList && column > indent,
        );
  return [
    ...deeper.map((level) => ({ ...level, isDeeper: true })),
    ...blocksOf(cursor)
      .filter(({ column }) => column < indent)
      .map((level) => ({ ...level, isDeeper: false })),
  ].filter(({ column }) => column >= next);
}

/** Column at which what is said in the last line above begins, behind its dashes. */
function columnAbove(text: string, lineBegin: number): number {
  let end = lineBegin - 1;
  while (end > 0) {
    const start = lineStart(text, end);
    const line = text.slice(start, end);
    if (!/^[ \t]*(?:#|\r?$)/.test(line)) return /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
    end = start - 1;
  }
  return 0;
}

/** Columns of the blocks around a place, from the inside out, each column once. */
function blocksOf(cursor: Cursor): readonly { readonly column: number; readonly isList: boolean }[] {
  if (cursor.path === undefined || flowAround(cursor, cursor.path) !== undefined) return [];
  const blocks: { column: number; isList: boolean }[] = [];
  for (const container of [...cursor.path.containers].reverse()) {
    const isList = container.kind === 'list';
    const at = isList ? container.start : container.members.find(({ key }) => !isMark(key.text))?.key.start;
    const column = at === undefined ? undefined : columnOf(cursor.marked, at);
    if (column !== undefined && !blocks.some((other) => other.column <= column)) blocks.push({ column, isList });
  }
  return blocks;
}

function withIndent(text: string, at: number, column: number): string {
  return text.slice(0, lineStart(text, at)) + ' '.repeat(column) + text.slice(at);
}
