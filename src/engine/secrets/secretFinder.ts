import { EscapeSight } from './escapeSight.js';
import type { PatternMachine } from './patternMachine.js';

/** Where secrets are told of, in the order of their ends. */
export interface FoundSecrets {
  cover(from: number, to: number): void;
}

/**
 * Finds secrets in a stream, byte for byte and as a person reads it: a program that searches for a part of a secret paints it, and the colours
 * stand in its midst.
 */
export class SecretFinder {
  readonly #sight = new EscapeSight();
  /** State of the machine after all bytes, and after those that are read. */
  #state = 0;
  #readState = 0;
  /** Indices of those of the held bytes that are read; undefined when all are. */
  #heldRead: Int32Array | undefined;

  /**
   * Goes on with `bytes`, of which those before `from` have been gone over and are held. `open`: so many bytes at the end may be the beginning
   * of a secret; they begin at `start`.
   */
  find(machine: PatternMachine, bytes: Uint8Array, from: number, found: FoundSecrets): { readonly open: number; readonly start: number } {
    const read = this.#sight.read(bytes, from);
    if (read === undefined && this.#heldRead === undefined && this.#state === this.#readState) {
      this.#state = machine.scan(bytes, from, this.#state, (to, length) => {
        // After a pause the first byte of a secret may be out already.
        found.cover(Math.max(0, to - length), to);
      });
      this.#readState = this.#state;
      const open = machine.depth(this.#state);
      return { open, start: Math.max(0, bytes.length - open) };
    }
    return this.#findRead(machine, bytes, from, read ?? range(from, bytes.length), found);
  }

  /** What was gone over before this index is let out; so many bytes after it are held. */
  forget(before: number, held: number): void {
    if (this.#heldRead === undefined) return;
    let first = this.#heldRead.length;
    while (first > 0 && (this.#heldRead[first - 1] as number) >= before) first -= 1;
    const left = this.#heldRead.slice(first).map((at) => at - before);
    this.#heldRead = left.length === held ? undefined : left;
  }

  #findRead(
    machine: PatternMachine,
    bytes: Uint8Array,
    from: number,
    read: Int32Array,
    found: FoundSecrets,
  ): { readonly open: number; readonly start: number } {
    const places: { readonly from: number; readonly to: number }[] = [];
    this.#state = machine.scan(bytes, from, this.#state, (to, length) => {
      places.push({ from: Math.max(0, to - length), to });
    });
    const before = this.#heldRead ?? range(0, from);
    const indices = new Int32Array(before.length + read.length);
    indices.set(before);
    indices.set(read, before.length);
    const visible = new Uint8Array(indices.length);
    for (let at = 0; at < visible.length; at++) visible[at] = bytes[indices[at] as number] as number;
    this.#readState = machine.scan(visible, before.length, this.#readState, (to, length) => {
      places.push({ from: indices[to - length] ?? 0, to: (indices[to - 1] as number) + 1 });
    });
    for (const place of places.sort((a, b) => a.to - b.to)) found.cover(place.from, place.to);
    const [open, openRead] = [machine.depth(this.#state), machine.depth(this.#readState)];
    const startRead = openRead === 0 ? bytes.length : (indices[indices.length - openRead] ?? 0);
    this.#heldRead = indices;
    return { open: Math.max(open, openRead), start: Math.min(Math.max(0, bytes.length - open), startRead) };
  }
}

function range(from: number, to: number): Int32Array {
  const all = new Int32Array(to - from);
  for (let at = 0; at < all.length; at++) all[at] = from + at;
  return all;
}
