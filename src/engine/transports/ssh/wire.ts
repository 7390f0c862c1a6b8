/** Reads the data types of RFC 4251, 5, from bytes a stranger wrote. Throws an Error where they end too early. */
export class WireReader {
  position = 0;

  constructor(private readonly bytes: Buffer) {}

  get done(): boolean {
    return this.position >= this.bytes.length;
  }

  take(length: number): Buffer {
    if (length > this.bytes.length - this.position) throw new Error('it ends too early');
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  uint64(): bigint {
    return this.take(8).readBigUInt64BE();
  }

  /** A string of bytes; also a large number. */
  string(): Buffer {
    return this.take(this.uint32());
  }

  text(): string {
    return this.string().toString('utf8');
  }

  /** A list of names. */
  names(): string[] {
    return this.text().split(',');
  }
}

/** A string of bytes in wire form. */
export function wireString(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
