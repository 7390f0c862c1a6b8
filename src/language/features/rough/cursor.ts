import type { Range } from '../../text/range.js';
import type { ScalarNode, SyntaxNode } from '../../text/syntaxNode.js';
import { withoutComment } from './scalars.js';
import { nodePathAt } from './nodePath.js';
import type { NodePath } from './nodePath.js';
import { readRoughly } from './roughReader.js';
import { lineStart } from '../../text/lines.js';

/** Stands for the word under the cursor while the text is read. */
const MARK = 'cursor0mark';

/** A place where somebody writes, with the text around it as far as it can be understood. */
export interface Cursor {
  readonly text: string;
  readonly offset: number;
  /** The word under the cursor, which what is chosen replaces; empty between words. */
  readonly word: Range;
  /** What must be written before the word, so that it is read as intended: the blank behind a colon or a dash. */
  readonly lead: string;
  /** The text with a mark in place of the word; all nodes are about that one. Up to the word both are the same. */
  readonly marked: string;
  readonly root: SyntaxNode | undefined;
  /** Leads to the key or value that holds the mark; undefined in a comment. */
  readonly path: NodePath | undefined;
}

let last: Cursor | undefined;

/** Reads the text around a cursor. The last one is remembered: several features ask about the same place one after the other. */
export function cursorAt(text: string, wanted: number): Cursor {
  const offset = Math.min(Math.max(wanted, 0), text.length);
  if (last?.offset !== offset || last.text !== text) last = readAround(text, offset);
  return last;
}

function readAround(text: string, offset: number): Cursor {
  const word = wordAt(text, offset);
  const lead = /[\w"']:$|^[ \t]*(?:-[ \t]+)*-$/.test(lineBefore(text, word.start)) ? ' ' : '';
  const marked = text.slice(0, word.start) + lead + MARK + text.slice(word.end);
  const root = readRoughly(marked, MARK);
  return { text, offset, word, lead, marked, root, path: nodePathAt(root, word.start + lead.length + 1) };
}

/** The part of a line before an offset. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset);
}

/** Whether a scalar is nothing but the word under the cursor. */
export function isAlone(node: ScalarNode): boolean {
  return node.plain && node.source === MARK;
}

/** The value of a scalar as it was before the mark came in, and where the cursor stands in it; undefined when it holds no mark. */
export function writtenIn(cursor: Cursor, node: ScalarNode): { readonly value: string; readonly at: number } | undefined {
  const value = typeof node.value === 'string' ? node.value : node.source;
  const mark = value.indexOf(MARK);
  if (mark < 0) return undefined;
  const word = cursor.text.slice(cursor.word.start, cursor.word.end);
  return { value: value.slice(0, mark) + word + value.slice(mark + MARK.length), at: mark + cursor.offset - cursor.word.start };
}

/** The name of the key under the cursor as it was. */
export function isMark(name: string): boolean {
  return name === MARK;
}

/** Where the content of a scalar stands in the text without the mark, its quotes apart. */
export function contentRange({ marked, text, word, lead }: Cursor, node: ScalarNode): Range & { readonly quote: string } {
  const quote = node.plain ? '' : (marked[node.start] ?? '');
  const isClosed = quote !== '' && node.end - 1 > node.start && marked[node.end - 1] === quote;
  const grown = marked.length - text.length;
  const start = Math.min(node.start + quote.length - (node.start > word.start ? lead.length : 0), word.start);
  return { start, end: Math.max(node.end - (isClosed ? 1 : 0) - grown, word.end), quote };
}

/** The text of the comment before the cursor, from its `#`; undefined outside of comments. */
export function commentBefore({ text, offset, path }: Cursor): string | undefined {
  if (path !== undefined && path.hit.kind === 'value') return undefined;
  const start = lineStart(text, offset);
  const end = withoutComment(text, start, offset);
  const comment = text.slice(end, offset).trimStart();
  return comment.startsWith('#') ? comment : undefined;
}

function wordAt(text: string, offset: number): Range {
  let start = offset;
  let end = offset;
  while (start > 0 && isWord(text.charCodeAt(start - 1))) start--;
  while (end < text.length && isWord(text.charCodeAt(end))) end++;
  return { start, end };
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
