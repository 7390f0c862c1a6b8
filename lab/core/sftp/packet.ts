import type { Stats } from 'node:fs';
import type { FileAttributes } from './hostFiles.js';

// Which attributes follow, in SFTP version 3.
const HAS = { size: 1, owner: 2, permissions: 4, times: 8 } as const;

/** Reads the fields of one SFTP packet in order. Throws RangeError past its end. */
export class PacketReader {
  #at = 0;

  constructor(readonly body: Buffer) {}

  uint32(): number {
    const value = this.body.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  uint64(): number {
    const value = this.body.readBigUInt64BE(this.#at);
    this.#at += 8;
    return Number(value);
  }

  bytes(): Buffer {
    const length = this.uint32();
    if (this.#at + length > this.body.length) throw new RangeError('the packet is shorter than it says');
    const value = this.body.subarray(this.#at, this.#at + length);
    this.#at += length;
    return value;
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  handle(): number {
    const handle = this.bytes();
    return handle.length === 4 ? handle.readUInt32BE(0) : 0;
  }

  attributes(): FileAttributes {
    const flags = this.uint32();
    const size = flags & HAS.size ? this.uint64() : undefined;
    if (flags & HAS.owner) this.#at += 8;
    const mode = flags & HAS.permissions ? this.uint32() : undefined;
    const [atime, mtime] = flags & HAS.times ? [this.uint32(), this.uint32()] : [];
    return {
      ...(size === undefined ? {} : { size }),
      ...(mode === undefined ? {} : { mode }),
      ...(atime === undefined || mtime === undefined ? {} : { atime, mtime }),
    };
  }
}

/** Builds one SFTP packet. */
export class PacketWriter {
  readonly #parts: Buffer[] = [];

  constructor(type: number) {
    this.#parts.push(Buffer.from([type]));
  }

  uint32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32BE(value >>> 0, 0);
    this.#parts.push(part);
    return this;
  }

  bytes(value: Buffer): this {
    this.uint32(value.length);
    this.#parts.push(value);
    return this;
  }

  text(value: string): this {
    return this.bytes(Buffer.from(value, 'utf8'));
  }

  handle(value: number): this {
    return this.uint32(4).uint32(value);
  }

  stats(stats: Stats): this {
    const size = Buffer.alloc(8);
    size.writeBigUInt64BE(BigInt(stats.size), 0);
    this.uint32(HAS.size | HAS.owner | HAS.permissions | HAS.times);
    this.#parts.push(size);
    return this.uint32(stats.uid)
      .uint32(stats.gid)
      .uint32(stats.mode)
      .uint32(stats.atimeMs / 1000)
      .uint32(stats.mtimeMs / 1000);
  }

  /** The packet with its length in front. */
  finish(): Buffer {
    const body = Buffer.concat(this.#parts);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length, 0);
    return Buffer.concat([length, body]);
  }
}
