import type { PatternMachine } from './patternMachine.js';

/** What stands in the place of a secret. */
export const MASK = '***';
const MASK_BYTES = Buffer.from(MASK);
const NOTHING = Buffer.alloc(0);
/** So much of the beginning of a secret is taken for one when nothing follows; less is any text. In bytes. */
const TELLING = 2;

/** Masks one stream of bytes, however it is cut into chunks. */
export interface MaskStream {
  /** What can be shown after these bytes; bytes that may be the beginning of a secret are held back. */
  push(bytes: Uint8Array): Buffer;
  /** For a pause: what was held back, if it is hardly the beginning of a secret. The stream goes on, and a secret that does follow is masked. */
  settle(): Buffer;
  /**
   * What was held back, when nothing follows. `cut`: the stream was broken off, so an end of it that begins a secret is masked;
   * `whole`: it is a text by itself.
   */
  flush(end: 'cut' | 'whole'): Buffer;
}

/** Masks with the machine that `current` gives at that moment: a secret that becomes known in mid-stream is masked from there on. */
export function maskStream(current: () => PatternMachine | undefined): MaskStream {
  let machine = current();
  let held: Uint8Array = NOTHING;
  let state = 0;
  /** The last byte that was let out belonged to a secret. */
  let inside = false;
  /** So many of the held bytes, from the first, are known to belong to a secret that began before them. */
  let covered = 0;

  const take = (bytes: Uint8Array, end: 'none' | 'pause' | 'cut' | 'whole'): Buffer => {
    const now = current();
    let from = held.length;
    if (now !== machine) {
      machine = now;
      state = 0;
      from = 0;
    }
    const all = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    if (machine === undefined) {
      held = NOTHING;
      return Buffer.from(all);
    }
    const out = new Masked(all, inside, covered);
    for (let at = from; at < all.length; at++) {
      state = machine.step(state, all[at] as number);
      if (state === 0) continue;
      const length = machine.matched(state);
      // After a pause the first byte of a secret may be out already.
      if (length > 0) out.cover(Math.max(0, at + 1 - length), at + 1);
    }
    const open = machine.depth(state);
    if (end === 'cut' && open >= TELLING) out.cover(Math.max(0, all.length - open), all.length);
    const holds = end === 'none' || (end === 'pause' && open >= TELLING);
    const decided = holds ? Math.max(0, all.length - open) : all.length;
    const result = out.until(decided);
    inside = out.inside;
    covered = Math.max(0, out.coveredTo - decided);
    held = Buffer.from(all.subarray(decided));
    if (end === 'cut' || end === 'whole') {
      state = 0;
      inside = false;
    }
    return result;
  };
  return {
    push: (bytes) => take(bytes, 'none'),
    settle: () => take(NOTHING, 'pause'),
    flush: (end) => take(NOTHING, end),
  };
}

/** Bytes with the parts of them that are secret, joined where they overlap or touch. */
class Masked {
  inside: boolean;
  coveredTo: number;
  readonly #bytes: Uint8Array;
  readonly #parts: { from: number; to: number }[] = [];

  constructor(bytes: Uint8Array, inside: boolean, covered: number) {
    this.#bytes = bytes;
    this.inside = inside;
    this.coveredTo = covered;
    if (covered > 0) this.#parts.push({ from: 0, to: covered });
  }

  /** Parts come with rising ends, but a later one may begin before earlier ones. */
  cover(from: number, to: number): void {
    let start = from;
    for (let last = this.#parts.at(-1); last !== undefined && last.to >= start; last = this.#parts.at(-1)) {
      start = Math.min(start, last.from);
      this.#parts.pop();
    }
    this.#parts.push({ from: start, to });
    this.coveredTo = to;
  }

  /** The bytes before `end`, masked. */
  until(end: number): Buffer {
    if (this.#parts.length === 0) {
      if (end > 0) this.inside = false;
      return Buffer.from(this.#bytes.subarray(0, end));
    }
    const out: Uint8Array[] = [];
    let at = 0;
    for (const part of this.#parts) {
      if (part.from >= end) break;
      if (part.from > at) {
        out.push(this.#bytes.subarray(at, part.from));
        this.inside = false;
      }
      if (!this.inside) out.push(MASK_BYTES);
      this.inside = true;
      at = Math.min(part.to, end);
    }
    if (at < end) {
      out.push(this.#bytes.subarray(at, end));
      this.inside = false;
    }
    return Buffer.concat(out);
  }
}
