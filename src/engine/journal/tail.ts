import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RunEvent } from '../../events/index.js';
import { journalContent } from './reader.js';
import { firstHash, parseHeader, parseRecord } from './record.js';

const NEWLINE = 0x0a;
const BLOCK = 256 * 1024;

/** What a look at a growing journal gave. */
export interface TailLook {
  /** Records since the last look. */
  readonly events: readonly RunEvent[];
  /** A record that was seen before is gone: it had never been acknowledged. `events` then begins with the first record of the run. */
  readonly anew: boolean;
  /** The journal goes on with something that cannot be followed: damage, or a newer format. */
  readonly problem?: string;
}

/** Follows a journal that another process writes, reading only what is new. Takes no lock and writes nothing. */
export class JournalTail {
  readonly #path: string;
  #at = 0;
  #hash = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** What has been written since the last look. A record that is being written is left for the next one. Throws when the file cannot be read. */
  look(): TailLook {
    const fd = openSync(this.#path, 'r');
    try {
      const { size } = fstatSync(fd);
      // A record that could not be made durable is cut off again, and another one may have taken its place.
      if (size < this.#at) return this.#anew(fd, size);
      const events: RunEvent[] = [];
      const rest = readRange(fd, this.#at, size);
      let begin = 0;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, begin)) {
        const line = rest.subarray(begin, end).toString('utf8');
        const event = this.#take(line);
        if (event === undefined) return this.#anew(fd, size);
        if (event !== 'header') events.push(event);
        this.#at += end + 1 - begin;
        begin = end + 1;
      }
      return { events, anew: false };
    } finally {
      closeSync(fd);
    }
  }

  #take(line: string): RunEvent | 'header' | undefined {
    if (this.#at === 0) {
      if (parseHeader(line) === undefined) return undefined;
      this.#hash = firstHash(line);
      return 'header';
    }
    const record = parseRecord(this.#hash, line);
    if (record !== undefined) this.#hash = record.hash;
    return record?.event;
  }

  /** The whole journal once more, with the reader that can tell what is wrong with it. */
  #anew(fd: number, size: number): TailLook {
    const content = journalContent(readRange(fd, 0, size));
    this.#at = content.validBytes;
    this.#hash = content.hash;
    const trouble = content.condition === 'sound' || content.condition === 'torn' ? undefined : content.problem;
    return { events: content.events, anew: true, ...(trouble === undefined ? {} : { problem: trouble }) };
  }
}

function readRange(fd: number, from: number, to: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = from; at < to;) {
    const part = Buffer.alloc(Math.min(BLOCK, to - at));
    const read = readSync(fd, part, 0, part.length, at);
    if (read === 0) break;
    parts.push(part.subarray(0, read));
    at += read;
  }
  return Buffer.concat(parts);
}
