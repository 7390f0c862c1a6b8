import { tokensOf } from '../../language/index.js';
import type { Range } from '../../language/index.js';

/** A key or a list item that stands first on its line. */
export interface Entry {
  readonly start: number;
  /** Offset from the start of its line. */
  readonly column: number;
  readonly item: boolean;
  /** Where the next entry that is not part of it starts, or the end of the text. */
  readonly end: number;
}

/** A real comment: not one that is part of a text. */
export interface Comment {
  readonly range: Range;
  readonly text: string;
  /** Nothing but blanks stands before it on its line. */
  readonly alone: boolean;
  /** No key stands before it. */
  readonly first: boolean;
  /** Where the first word behind it on another line stands; undefined at the end of the text. */
  readonly next: number | undefined;
}

/** What the words of a text show of its structure, sound or not. */
export interface Layout {
  /** In order of place. */
  readonly entries: readonly Entry[];
  readonly comments: readonly Comment[];
  /** Texts over several lines, in order of place. */
  readonly texts: readonly Range[];
}

interface Growing {
  start: number;
  column: number;
  item: boolean;
  end: number;
}

/** Reads the words of a text once, without composing it. Safe on any text. */
export function layoutOf(text: string): Layout {
  const entries: Growing[] = [];
  const open: Growing[] = [];
  const comments: { -readonly [Key in keyof Comment]: Comment[Key] }[] = [];
  let waiting = 0;
  const texts: Range[] = [];
  let contentOnLine = false;
  let contentSeen = false;
  let header = false;
  for (const { type, source, offset, column, flow } of tokensOf(text)) {
    if (type === 'newline') contentOnLine = false;
    if (type === 'comment') {
      comments.push({
        range: { start: offset, end: offset + source.trimEnd().length },
        text: source.trimEnd(),
        alone: !contentOnLine,
        first: !contentSeen,
        next: undefined,
      });
    }
    if (type === 'newline' || type === 'space' || type === 'comment' || type === 'byte-order-mark' || source === '') continue;
    if (source.includes('\n')) texts.push({ start: offset, end: offset + source.length });
    const body = header && type === 'scalar';
    header = type === 'block-scalar-header';
    if (body) {
      contentOnLine = false;
      continue;
    }
    if (!contentOnLine) {
      for (; waiting < comments.length; waiting++) (comments[waiting] as { next: number | undefined }).next = offset;
      if (flow === 0 && type !== 'flow-map-end' && type !== 'flow-seq-end') {
        const entry = { start: offset, column, item: type === 'seq-item-ind', end: text.length };
        for (let top = open.at(-1); top !== undefined && ends(top, entry); top = open.at(-1)) {
          top.end = offset;
          open.pop();
        }
        open.push(entry);
        entries.push(entry);
      }
    }
    contentOnLine = true;
    contentSeen ||= type !== 'doc-start' && type !== 'directive-line';
  }
  return { entries, comments, texts };
}

/** A list may stand as far to the left as the key that it belongs to. */
function ends(entry: Growing, next: Growing): boolean {
  return next.column < entry.column || (next.column === entry.column && (entry.item || !next.item));
}
