import type { Range } from '../../text/range.js';
import { sourceMap } from '../../text/scalarSource.js';
import type { KeyNode, ScalarNode } from '../../text/syntaxNode.js';

/** A place in the source, and whether just the text that was looked for stands there. */
export interface ExactPlace {
  readonly range: Range;
  readonly exact: boolean;
}

/** Finds parts of the value of a scalar in its source. Most are written as they are read; the others are gone through once, when asked. */
export class ScalarPlaces {
  readonly #text: string;
  readonly #scalar: ScalarNode;
  readonly #value: string;
  readonly #shift: number | undefined;
  #slowly: ((part: Range) => Range) | undefined;

  constructor(text: string, scalar: ScalarNode) {
    const value = String(scalar.value);
    const { length } = value;
    this.#text = text;
    this.#scalar = scalar;
    this.#value = value;
    const written = text.slice(scalar.start, scalar.end);
    if (written === value) this.#shift = scalar.start;
    else if (written.length === length + 2 && isQuoted(written) && written.slice(1, -1) === value) this.#shift = scalar.start + 1;
  }

  at(start: number, end: number): ExactPlace {
    // What is written as it is read needs no second look.
    if (this.#shift !== undefined) return { range: { start: this.#shift + start, end: this.#shift + end }, exact: true };
    this.#slowly ??= sourceMap(this.#text, this.#scalar, this.#value);
    const range = this.#slowly({ start, end });
    return { range, exact: this.#text.slice(range.start, range.end) === this.#value.slice(start, end) };
  }

  whole(): ExactPlace {
    return this.at(0, this.#value.length);
  }
}

/** The place of a key without its quotes. */
export function placeOfKey(text: string, key: KeyNode): ExactPlace {
  const written = text.slice(key.start, key.end);
  const range = isQuoted(written) ? { start: key.start + 1, end: key.end - 1 } : { start: key.start, end: key.end };
  return { range, exact: text.slice(range.start, range.end) === key.text };
}

function isQuoted(written: string): boolean {
  return written.length >= 2 && /^["']/.test(written) && written.endsWith(written.charAt(0));
}
