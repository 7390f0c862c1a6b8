import { closeSync, fstatSync, ftruncateSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { OutputRef } from '../../events/index.js';
import type { Masked } from '../secrets/masked.js';

/** How much of an attempt's output is kept, in bytes. */
export interface OutputLimits {
  readonly head: number;
  readonly tail: number;
}

const MIB = 1024 * 1024;
export const OUTPUT_LIMITS: OutputLimits = { head: MIB, tail: 9 * MIB };

const COUNT_BYTES = 8;
const BLOCK = 64 * 1024;

/**
 * The output of one attempt on disk: its beginning and its end. The end is kept in a ring file beside it, whose first eight bytes
 * count what went into it, so that it can be put in order even after this process was killed. Trouble with the disk loses output, never the step.
 */
export class OutputFile {
  readonly #path: string;
  readonly #limits: OutputLimits;
  #head: number | undefined;
  #ring: number | undefined;
  #bytes = 0;
  #lost = 0;
  #ringBytes = 0;
  #missed = 0;

  /** Nothing is made on disk before the first byte. `path` must not exist then. */
  constructor(path: string, limits: OutputLimits = OUTPUT_LIMITS) {
    this.#path = path;
    this.#limits = limits;
  }

  /** Takes bytes that have been through the mask. Never throws. */
  write(bytes: Masked<Uint8Array>): void {
    const headRoom = Math.max(0, this.#limits.head - this.#bytes);
    this.#bytes += bytes.length;
    try {
      const head = bytes.subarray(0, headRoom);
      if (head.length > 0) writeFully((this.#head ??= openSync(this.#path, 'wx', 0o600)), head, undefined);
      this.#toRing(bytes.subarray(head.length));
    } catch {
      this.#lost += bytes.length;
    }
  }

  /** Counts bytes that were printed, but never came here. */
  miss(bytes: number): void {
    this.#missed += bytes;
  }

  /** Puts the file in order and closes it; undefined when nothing was printed. */
  close(): OutputRef | undefined {
    if (this.#bytes === 0) return undefined;
    if (this.#head !== undefined) closeSync(this.#head);
    if (this.#ring !== undefined) closeSync(this.#ring);
    this.#head = this.#ring = undefined;
    let dropped = this.#lost + this.#missed;
    try {
      dropped += joinTail(this.#path, this.#limits.tail);
    } catch {
      dropped += this.#ringBytes;
    }
    return { file: join(basename(dirname(this.#path)), basename(this.#path)), bytes: this.#bytes + this.#missed, dropped };
  }

  #toRing(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const { tail } = this.#limits;
    const ring = (this.#ring ??= openSync(ringPath(this.#path), 'wx', 0o600));
    const kept = bytes.subarray(Math.max(0, bytes.length - tail));
    const start = (this.#ringBytes + bytes.length - kept.length) % tail;
    const first = kept.subarray(0, tail - start);
    writeFully(ring, first, COUNT_BYTES + start);
    writeFully(ring, kept.subarray(first.length), COUNT_BYTES);
    this.#ringBytes += bytes.length;
    const count = Buffer.alloc(COUNT_BYTES);
    count.writeBigUInt64LE(BigInt(this.#ringBytes));
    writeFully(ring, count, 0);
  }
}

/** Puts the output of attempts in order whose process was killed. Output that cannot be read is left as it is. */
export function finishLeftovers(directory: string, limits: OutputLimits = OUTPUT_LIMITS): void {
  for (const name of readdirSync(directory)) {
    if (!name.endsWith('.tail')) continue;
    try {
      joinTail(join(directory, name.slice(0, -'.tail'.length)), limits.tail);
    } catch {
      // Output is no state: the run goes on without it.
    }
  }
}

/** The last lines of an output file, at most `maxBytes` of it; empty when there is no file. */
export function lastLines(path: string, lines: number, maxBytes = MIB): string {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(fd);
    const wanted = lines + 1;
    let text = Buffer.alloc(0);
    for (let at = size; at > 0 && text.length < maxBytes && count(text) < wanted;) {
      const length = Math.min(BLOCK, at, maxBytes - text.length);
      at -= length;
      text = Buffer.concat([readFully(fd, length, at), text]);
    }
    return text.toString('utf8').replace(/\n$/, '').split('\n').slice(-lines).join('\n');
  } finally {
    closeSync(fd);
  }
}

function ringPath(path: string): string {
  return `${path}.tail`;
}

/** Appends the ring file to its output file, oldest byte first, and removes it. Returns how many bytes it no longer held. */
function joinTail(path: string, tail: number): number {
  let ring: number;
  try {
    ring = openSync(ringPath(path), 'r');
  } catch {
    return 0;
  }
  const file = openSync(path, 'r+');
  try {
    const total = fstatSync(ring).size < COUNT_BYTES ? 0 : Number(readFully(ring, COUNT_BYTES, 0).readBigUInt64LE());
    const kept = Math.min(total, tail);
    const dropped = total - kept;
    let position = fstatSync(file).size;
    const append = (bytes: Uint8Array): void => {
      writeFully(file, bytes, position);
      position += bytes.length;
    };
    try {
      if (dropped > 0) append(Buffer.from(`\n[${String(dropped)} bytes are left out here]\n`));
      for (let done = 0; done < kept;) {
        const start = (dropped + done) % tail;
        const length = Math.min(BLOCK, kept - done, tail - start);
        append(readFully(ring, length, COUNT_BYTES + start));
        done += length;
      }
    } catch (error) {
      ftruncateSync(file, position);
      throw error;
    }
    rmSync(ringPath(path), { force: true });
    return dropped;
  } finally {
    closeSync(ring);
    closeSync(file);
  }
}

function writeFully(fd: number, bytes: Uint8Array, position: number | undefined): void {
  for (let done = 0; done < bytes.length;) {
    const written = writeSync(fd, bytes, done, bytes.length - done, position === undefined ? null : position + done);
    if (written <= 0) throw new Error('the disk took only part of the output');
    done += written;
  }
}

function readFully(fd: number, length: number, position: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const read = readSync(fd, bytes, done, length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

function count(text: Uint8Array): number {
  let newlines = 0;
  for (const byte of text) if (byte === 0x0a) newlines += 1;
  return newlines;
}
