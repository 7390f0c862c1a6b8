import type { Diagnostic } from '../diagnostic.js';
import type { Token } from './token.js';

/** Largest text that is read, in UTF-8 bytes. */
export const MAX_BYTES = 4 * 1024 * 1024;
/** Largest file that is read at all, so that it can be said of one past {@link MAX_BYTES} what is wrong with it. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Deepest nesting; far below where a parser could run out of stack. */
export const MAX_DEPTH = 64;
export const MAX_KEYS = 5_000;
export const MAX_ALIASES = 20;
/** Words in a text; what a composer does with more takes seconds. */
export const MAX_SCALARS = 100_000;

/** Diagnostic for a text that is too large to be looked at; undefined for others. */
export function checkSize(text: string): Diagnostic | undefined {
  if (text.length <= MAX_BYTES / 3) return undefined;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
    if (bytes > MAX_BYTES)
      return tooMuch('too-large', 'the file is larger than 4 MiB; split it into several runbooks and join them with "use"', 0, 0);
  }
  return undefined;
}

/** Counts what a composer could choke on, word by word, and finds the first place where there is too much of it. */
export class LimitCheck {
  /** Columns of the block collections that are open. */
  readonly #columns: number[] = [];
  readonly #keys: number[] = [];
  readonly #flowKeys: number[] = [];
  #aliases = 0;
  #scalars = 0;
  /** The next content begins a block collection or stands in one: it is the first of its line, or follows `-`. */
  #leading = true;
  readonly #deepest: number;

  /** `around`: collections around the text, where it is only a part of one. */
  constructor(around = 0) {
    this.#deepest = MAX_DEPTH - around;
  }

  /** Takes the next word; a diagnostic means that the text must not be composed. */
  see(token: Token): Diagnostic | undefined {
    switch (token.type) {
      case 'newline':
        this.#leading = true;
        return undefined;
      case 'space':
      case 'comment':
        return undefined;
      case 'explicit-key-ind':
        return tooMuch('explicit-key', 'a key cannot be marked with "?"; write "key: value"', token.offset, token.offset + 1);
      case 'alias':
      case 'anchor':
        return ++this.#aliases > MAX_ALIASES
          ? tooMuch(
              'too-many-aliases',
              `more than ${String(MAX_ALIASES)} anchors and aliases; use "procedures" to write steps once`,
              token.offset,
              token.offset + token.source.length,
            )
          : this.#content(token);
      case 'map-value-ind':
        return this.#countKey(token);
      case 'flow-map-start':
      case 'flow-seq-start': {
        const content = this.#content(token);
        this.#flowKeys.length = token.flow;
        this.#flowKeys.push(0);
        return content ?? this.#depth(token, token.flow + 1);
      }
      case 'seq-item-ind': {
        const content = this.#content(token);
        this.#leading = true;
        return content;
      }
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        if (++this.#scalars > MAX_SCALARS)
          return tooMuch(
            'too-large',
            `more than ${String(MAX_SCALARS)} words and values; split the file into several runbooks and join them with "use"`,
            token.offset,
            token.offset + 1,
          );
        return this.#content(token);
      default:
        return undefined;
    }
  }

  #content(token: Token): Diagnostic | undefined {
    if (!this.#leading || token.flow > 0) return undefined;
    this.#leading = false;
    while (this.#columns.length > 0 && (this.#columns.at(-1) as number) > token.column) {
      this.#columns.pop();
      this.#keys.pop();
    }
    if (this.#columns.at(-1) !== token.column) {
      this.#columns.push(token.column);
      this.#keys.push(0);
    }
    return this.#depth(token, 0);
  }

  #depth(token: Token, flow: number): Diagnostic | undefined {
    if (this.#columns.length + flow <= this.#deepest) return undefined;
    return tooMuch(
      'too-deep',
      `lists and mappings are nested deeper than ${String(MAX_DEPTH)}; take the inner steps out into "procedures"`,
      token.offset,
      token.offset + 1,
    );
  }

  #countKey(token: Token): Diagnostic | undefined {
    const counts = token.flow > 0 ? this.#flowKeys : this.#keys;
    const level = counts.length - 1;
    if (level < 0) return undefined;
    counts[level] = (counts[level] ?? 0) + 1;
    return (counts[level] ?? 0) > MAX_KEYS
      ? tooMuch('too-many-keys', `a mapping has more than ${String(MAX_KEYS)} keys; split it`, token.offset, token.offset + 1)
      : undefined;
  }
}

function tooMuch(code: string, message: string, start: number, end: number): Diagnostic {
  return { code, severity: 'error', range: { start, end }, message };
}
