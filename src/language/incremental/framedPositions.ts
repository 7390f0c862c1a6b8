import { PositionIndex } from '../text/positions.js';
import type { Positions } from '../text/positions.js';
import type { Range } from '../text/range.js';
import type { ListNode, MappingNode } from '../text/syntaxNode.js';
import type { StepItem } from './stepItem.js';

/** The step item that a mapping or list belongs to, with the places of that item, which count from its origin. */
export interface Home {
  readonly item: StepItem;
  readonly places: Positions;
}

/**
 * Places of a text that has been edited: those of steps are where they were within their step, and each step says where it begins now. What is
 * around the steps has places of its own.
 */
export class FramedPositions implements Positions {
  readonly #frame: PositionIndex;
  readonly #homes: WeakMap<object, Home>;
  readonly #starts: ReadonlyMap<StepItem, number>;

  constructor(frame: ReadonlyMap<object, MappingNode | ListNode>, homes: WeakMap<object, Home>, starts: ReadonlyMap<StepItem, number>) {
    const index = new PositionIndex();
    for (const [value, node] of frame) index.add(value, node);
    this.#frame = index;
    this.#homes = homes;
    this.#starts = starts;
  }

  of(value: object): Range | undefined {
    return this.#in(value, (places) => places.of(value));
  }

  key(mapping: object, key: string): Range | undefined {
    return this.#in(mapping, (places) => places.key(mapping, key));
  }

  value(container: object, key: string | number): Range | undefined {
    const item: unknown = Array.isArray(container) && typeof key === 'number' ? container[key] : undefined;
    const ofItem = typeof item === 'object' && item !== null ? this.of(item) : undefined;
    return ofItem ?? this.#in(container, (places) => places.value(container, key));
  }

  #in(value: object, look: (places: Positions) => Range | undefined): Range | undefined {
    const home = this.#homes.get(value);
    const start = home === undefined ? undefined : this.#starts.get(home.item);
    if (home === undefined || start === undefined) return look(this.#frame);
    const range = look(home.places);
    const delta = start - home.item.origin;
    return range === undefined ? undefined : { start: range.start + delta, end: range.end + delta };
  }
}
