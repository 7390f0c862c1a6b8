import type { Range } from './range.js';

/** Where the parts of plain data came from. Data made elsewhere has no place. */
export interface Positions {
  /** The whole mapping or list. */
  of(value: object): Range | undefined;
  /** The key of a member. */
  key(mapping: object, key: string): Range | undefined;
  /** The value of a member, or an item of a list. For a scalar: its source text, quotes included. */
  value(container: object, key: string | number): Range | undefined;
}

interface Place {
  readonly range: Range;
  readonly keys: Map<string, Range>;
  readonly values: Map<string | number, Range>;
}

/** Remembers places by the identity of mappings and lists. */
export class PositionIndex implements Positions {
  readonly #places = new WeakMap<object, Place>();

  add(value: object, range: Range): void {
    this.#places.set(value, { range, keys: new Map(), values: new Map() });
  }

  /** Places of a member of something that was added before. */
  addMember(container: object, key: string | number, value: Range, ofKey?: Range): void {
    const place = this.#places.get(container);
    place?.values.set(key, value);
    if (ofKey !== undefined) place?.keys.set(String(key), ofKey);
  }

  of(value: object): Range | undefined {
    return this.#places.get(value)?.range;
  }

  key(mapping: object, key: string): Range | undefined {
    return this.#places.get(mapping)?.keys.get(key);
  }

  value(container: object, key: string | number): Range | undefined {
    return this.#places.get(container)?.values.get(key);
  }
}
