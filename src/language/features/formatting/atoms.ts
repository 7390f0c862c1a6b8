import { Parser } from 'yaml';
import type { CST } from 'yaml';
import type { Atom, Column } from './atom.js';
import { bodyOf } from './blockBody.js';
import { continuationEdits } from './continuation.js';
import { columnOf } from '../../text/lines.js';

/** One level of indentation. */
const STEP = 2;

/** Where something stands: the block around it, and its columns if it is the first of its line. */
interface Place {
  readonly column: Column | undefined;
  readonly indentation: number;
  readonly flow: boolean;
}

/** The parts of a sound text in order, comments with them. Undefined for what the house style says nothing about: explicit keys and several documents. */
export function atomsOf(text: string): readonly Atom[] | undefined {
  const walk = new Walk(text);
  const top: Place = { column: undefined, indentation: 0, flow: false };
  let documents = 0;
  for (const token of new Parser().parse(text)) {
    if (token.type === 'document') {
      documents++;
      walk.words(token.start, top);
      walk.token(token.value, top, 1);
      walk.words(token.end, top);
    } else if (token.type === 'comment' || token.type === 'space' || token.type === 'newline') walk.words([token], top);
    else return undefined;
  }
  return walk.strange || documents !== 1 ? undefined : walk.atoms;
}

class Walk {
  readonly atoms: Atom[] = [];
  strange = false;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  token(token: CST.Token | null | undefined, place: Place, blanks: 0 | 1): void {
    if (token === null || token === undefined) return;
    switch (token.type) {
      case 'block-map':
        for (const item of token.items) this.#pair(item, this.#blockAt(token.items[0], place), false);
        return;
      case 'block-seq': {
        const list = this.#blockAt(token.items[0], place);
        for (const { start, value } of token.items) {
          this.words(start, list);
          this.token(value, { ...list, indentation: list.indentation + STEP }, 1);
        }
        return;
      }
      case 'flow-collection':
        this.#flow(token, place, blanks);
        return;
      case 'block-scalar':
        this.#block(token, place);
        return;
      case 'alias':
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar': {
        const end = token.offset + token.source.length;
        this.#push(token.offset, end, place, blanks, continuationEdits(token.offset, token.source, place.indentation));
        this.words(token.end, place);
        return;
      }
      default:
        this.strange = true;
    }
  }

  /** Single words; those that are only space are left to the gaps between atoms. */
  words(words: readonly CST.SourceToken[] | undefined, place: Place, blanks: 0 | 1 = 1): void {
    for (const { type, offset, source } of words ?? []) {
      if (type === 'space' || type === 'newline') continue;
      if (type === 'explicit-key-ind' || type === 'tag') this.strange = true;
      const comment = type === 'comment';
      const none = type === 'comma' || (type === 'map-value-ind' && !this.#afterAlias());
      const end = offset + (comment ? source.trimEnd().length : source.length);
      this.atoms.push({
        start: offset,
        end,
        comment,
        indentation: comment && !place.flow ? undefined : place.indentation,
        blanks: comment ? undefined : none ? 0 : blanks,
        column: place.column,
        body: false,
        inside: [],
      });
    }
  }

  #push(start: number, end: number, place: Place, blanks: 0 | 1, inside: Atom['inside'] = []): void {
    this.atoms.push({ start, end, comment: false, indentation: place.indentation, blanks, column: place.column, body: false, inside });
  }

  #pair({ start, key, sep, value }: CST.CollectionItem, place: Place, isFlow: boolean, blanks: 0 | 1 = 1): void {
    this.words(start, place);
    const begins = (start ?? []).some(({ type }) => type === 'comma' || type === 'anchor') ? 1 : blanks;
    this.token(key, place, begins);
    const further = { ...place, indentation: place.indentation + STEP };
    this.words(sep, further);
    const sameLine = isFlow && !(sep ?? []).some(({ type }) => type === 'newline');
    this.token(value, sameLine && value?.type === 'flow-collection' ? place : further, sep === undefined ? begins : 1);
  }

  #flow({ start, items, end }: CST.FlowCollection, place: Place, blanks: 0 | 1): void {
    const isMap = start.type === 'flow-map-start';
    const inside = { ...place, indentation: place.indentation + STEP, flow: true };
    this.#push(start.offset, start.offset + start.source.length, place, blanks);
    items.forEach((item, index) => {
      const list = item.sep === undefined && item.key === undefined;
      const first: 0 | 1 = index > 0 || isMap ? 1 : 0;
      if (list) {
        this.words(item.start, inside, first);
        this.token(item.value, inside, (item.start ?? []).some(({ type }) => type === 'comma' || type === 'anchor') ? 1 : first);
      } else this.#pair(item, inside, true, first);
    });
    const isSpace = ({ type }: CST.SourceToken): boolean => type === 'space' || type === 'newline';
    const empty = items.every((item) => item.key === undefined && item.value === undefined && (item.start ?? []).every(isSpace));
    const close = end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
    const closing = close === undefined ? end.length : end.indexOf(close);
    this.words(end.slice(0, closing), inside);
    if (close === undefined) this.strange = true;
    else this.#push(close.offset, close.offset + close.source.length, { ...place, flow: true }, isMap && !empty ? 1 : 0);
    this.words(end.slice(closing + 1), place);
  }

  #block({ props, source }: CST.BlockScalar, place: Place): void {
    let header = '';
    let offset = 0;
    for (const token of props) {
      if (!('source' in token) || !('offset' in token)) continue;
      offset = token.offset + token.source.length;
      if (token.type === 'block-scalar-header') header = token.source;
      this.words([token as CST.SourceToken], { ...place, flow: true });
    }
    const shift = place.column === undefined ? 0 : place.column.after - place.column.before;
    const { end, inside } = bodyOf({ text: this.#text, start: offset, source, header, indentation: place.indentation, shift });
    if (end > offset)
      this.atoms.push({
        start: offset,
        end,
        comment: false,
        indentation: undefined,
        blanks: undefined,
        column: place.column,
        body: true,
        inside,
      });
  }

  /** The place of a mapping or list in a block, of which the first item is known. */
  #blockAt(item: CST.CollectionItem | undefined, place: Place): Place {
    const first = item?.start.find(({ type }) => type === 'seq-item-ind' || type === 'anchor') ?? item?.key ?? item?.sep?.[0];
    if (first === undefined || first === null) return place;
    const before = columnOf(this.#text, first.offset);
    return { ...place, column: { before, after: place.indentation, parent: place.column } };
  }

  #afterAlias(): boolean {
    const last = this.atoms.at(-1);
    return last !== undefined && this.#text[last.start] === '*';
  }
}
