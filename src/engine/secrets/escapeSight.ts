const ESCAPE = 0x1b;
const BELL = 0x07;

/** Where a byte stands: in text, after ESC, in a control sequence, in a string for the terminal, or after ESC in such a string. */
type Place = 'text' | 'escape' | 'sequence' | 'string' | 'string_escape';

/** Follows the escapes for terminals in a stream of bytes: which bytes a person reads, however the stream is cut. */
export class EscapeSight {
  #place: Place = 'text';

  /** Indices of what is read of `bytes`, from `from` on. Undefined when that is all of it. */
  read(bytes: Uint8Array, from: number): Int32Array | undefined {
    if (this.#place === 'text' && bytes.indexOf(ESCAPE, from) === -1) return undefined;
    const read = new Int32Array(bytes.length - from);
    let count = 0;
    let place = this.#place;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (place !== 'text') place = after(place, byte);
      else if (byte === ESCAPE) place = 'escape';
      else read[count++] = at;
    }
    this.#place = place;
    return read.subarray(0, count);
  }
}

/** What comes after a byte of an escape. */
function after(place: Exclude<Place, 'text'>, byte: number): Place {
  switch (place) {
    case 'escape':
      // CSI; OSC, DCS, SOS, PM and APC; an intermediate byte, after which others follow; anything else ends it.
      if (byte === 0x5b || (byte >= 0x20 && byte <= 0x2f)) return 'sequence';
      return [0x5d, 0x50, 0x58, 0x5e, 0x5f].includes(byte) ? 'string' : 'text';
    case 'sequence':
      return byte >= 0x20 && byte < 0x40 ? 'sequence' : 'text';
    case 'string':
      return byte === BELL ? 'text' : byte === ESCAPE ? 'string_escape' : 'string';
    case 'string_escape':
      return byte === 0x5c ? 'text' : 'string';
  }
}

/** Bytes without the escapes in them. */
export function withoutEscapes(bytes: Buffer): Buffer {
  const read = new EscapeSight().read(bytes, 0);
  return read === undefined ? bytes : Buffer.from(Uint8Array.from(read, (at) => bytes[at] as number));
}
