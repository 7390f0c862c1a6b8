import { markMasked } from './masked.js';
import type { Masked } from './masked.js';
import type { PatternMachine } from './patternMachine.js';
import { SecretFinder } from './secretFinder.js';

/** What stands in the place of a secret. */
export const MASK = '***';
const MASK_BYTES = Buffer.from(MASK);
const NOTHING = Buffer.alloc(0);
/** So much of the beginning of a secret is taken for one when nothing follows; less is any text. In bytes. */
const TELLING = 2;

/** Masks one stream of bytes, however it is cut into chunks. */
export interface MaskStream {
  /** What can be shown after these bytes; bytes that may be the beginning of a secret are held back. */
  push(bytes: Uint8Array): Masked<Buffer>;
  /**
   * For a pause: everything that was held back, masked where it begins a secret. The stream goes on, and a secret that does follow is
   * masked as a whole.
   */
  settle(): Masked<Buffer>;
  /**
   * What was held back, when nothing follows. `cut`: the stream was broken off, so an end of it that begins a secret is masked;
   * `whole`: it is a text by itself.
   */
  flush(end: 'cut' | 'whole'): Masked<Buffer>;
}

/** Masks with the machine that `current` gives at that moment: a secret that becomes known in mid-stream is masked from there on. */
export function maskStream(current: () => PatternMachine | undefined): MaskStream {
  let machine = current();
  let held: Uint8Array = NOTHING;
  let finder = new SecretFinder();
  /** So many bytes may be the beginning of a secret, held or let out in a pause. */
  let begun = 0;
  /** Goes on with a secret whose beginning was let out before another one became known: the new machine knows nothing of that beginning. */
  let before: { readonly machine: PatternMachine; readonly finder: SecretFinder } | undefined;
  /** The last byte that was let out belonged to a secret. */
  let inside = false;
  /** Places among the held bytes that are known to be secret; one at their beginning may have begun before them. */
  let known: readonly Place[] = [];

  const take = (bytes: Uint8Array, end: 'none' | 'pause' | 'cut' | 'whole'): Masked<Buffer> => {
    const now = current();
    let from = held.length;
    if (now !== machine) {
      if (machine !== undefined && begun > held.length) before = { machine, finder };
      machine = now;
      finder = new SecretFinder();
      from = 0;
      // All others are found again.
      known = known.filter((place) => inside && place.from === 0);
    }
    const all = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    if (machine === undefined) {
      held = NOTHING;
      return markMasked(Buffer.from(all));
    }
    const parts = new SecretParts(all, inside, known);
    const earlier = before?.finder.find(before.machine, all, held.length, parts);
    if (earlier?.open === 0) before = undefined;
    const later = finder.find(machine, all, from, parts);
    const [open, start] = [Math.max(later.open, earlier?.open ?? 0), Math.min(later.start, earlier?.start ?? later.start)];
    begun = open;
    if ((end === 'cut' || end === 'pause') && open >= TELLING) parts.cover(start, all.length);
    const decided = end === 'none' ? start : all.length;
    const result = parts.maskedUntil(decided);
    inside = parts.inside;
    known = parts.after(decided);
    held = Buffer.from(all.subarray(decided));
    finder.forget(decided, held.length);
    before?.finder.forget(decided, held.length);
    if (end === 'cut' || end === 'whole') {
      finder = new SecretFinder();
      before = undefined;
      inside = false;
      known = [];
    }
    return result;
  };
  return {
    push: (bytes) => take(bytes, 'none'),
    settle: () => take(NOTHING, 'pause'),
    flush: (end) => take(NOTHING, end),
  };
}

/** Indexes of the first byte and of the one after the last. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** Bytes with the parts of them that are secret, joined where they overlap or touch. */
class SecretParts {
  inside: boolean;
  readonly #bytes: Uint8Array;
  readonly #parts: Place[];

  constructor(bytes: Uint8Array, inside: boolean, known: readonly Place[]) {
    this.#bytes = bytes;
    this.inside = inside;
    this.#parts = [...known];
  }

  /** Parts come with rising ends, but a later one may begin before earlier ones, and what is known already may reach further than the first. */
  cover(from: number, to: number): void {
    let [start, end] = [from, to];
    for (let last = this.#parts.at(-1); last !== undefined && last.to >= start; last = this.#parts.at(-1)) {
      [start, end] = [Math.min(start, last.from), Math.max(end, last.to)];
      this.#parts.pop();
    }
    this.#parts.push({ from: start, to: end });
  }

  /** The places from `index` on, counted from there. */
  after(index: number): readonly Place[] {
    return this.#parts.filter(({ to }) => to > index).map(({ from, to }) => ({ from: Math.max(0, from - index), to: to - index }));
  }

  /** The bytes before `end`, masked. */
  maskedUntil(end: number): Masked<Buffer> {
    if (this.#parts.length === 0) {
      if (end > 0) this.inside = false;
      return markMasked(Buffer.from(this.#bytes.subarray(0, end)));
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
    return markMasked(Buffer.concat(out));
  }
}
