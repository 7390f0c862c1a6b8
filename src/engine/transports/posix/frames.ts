import type { CommandIo, OutputPosition } from '../transport.js';

/** Longest line between the bytes of frames. */
const LINE_LIMIT = 200;

/**
 * Reads what a follower on the host prints: lines that begin with a word only this attempt can know, each with as many bytes of output
 * behind it as it says. Anything else ends the reading: nothing the command prints can be taken for one of our own lines.
 */
export class FrameReader {
  readonly #nonce: string;
  readonly #io: CommandIo;
  readonly #ended: (words: readonly string[] | undefined) => void;
  readonly #position: { stdout: number; stderr: number };
  #line = Buffer.alloc(0);
  #stream: 'stdout' | 'stderr' = 'stdout';
  #left = 0;
  #over = false;

  /** `ended` is called once with the words of the last frame, or with undefined when what came is no frame. `from`: what was read before. */
  constructor(nonce: string, io: CommandIo, from: OutputPosition, ended: (words: readonly string[] | undefined) => void) {
    this.#nonce = nonce;
    this.#io = io;
    this.#ended = ended;
    this.#position = { ...from };
  }

  /** How far the streams were read; bytes that are gone count. */
  get position(): OutputPosition {
    return { ...this.#position };
  }

  push(bytes: Uint8Array): void {
    let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (rest.length > 0 && !this.#over) rest = this.#left > 0 ? this.#output(rest) : this.#header(rest);
  }

  #output(bytes: Buffer): Buffer {
    const mine = bytes.subarray(0, this.#left);
    this.#left -= mine.length;
    this.#position[this.#stream] += mine.length;
    this.#io[this.#stream](mine);
    return bytes.subarray(mine.length);
  }

  #header(bytes: Buffer): Buffer {
    const end = bytes.indexOf(10);
    this.#line = Buffer.concat([this.#line, end < 0 ? bytes : bytes.subarray(0, end)]);
    if (this.#line.length > LINE_LIMIT) this.#end(undefined);
    if (end < 0) return bytes.subarray(bytes.length);
    const [nonce, kind, ...words] = this.#line.toString('utf8').split(' ');
    this.#line = Buffer.alloc(0);
    const stream = streamOf(kind === 's' ? words[0] : kind);
    const count = /^\d{1,15}$/.test(words.at(-1) ?? '') ? Number(words.at(-1)) : undefined;
    if (nonce === this.#nonce && kind === 'end') this.#end(words);
    else if (nonce !== this.#nonce || stream === undefined || count === undefined) this.#end(undefined);
    else if (kind === 's') {
      this.#position[stream] += count;
      this.#io.dropped?.(stream, count);
    } else {
      this.#stream = stream;
      this.#left = count;
    }
    return bytes.subarray(end + 1);
  }

  #end(words: readonly string[] | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#ended(words);
  }
}

function streamOf(letter: string | undefined): 'stdout' | 'stderr' | undefined {
  return letter === 'o' ? 'stdout' : letter === 'e' ? 'stderr' : undefined;
}
