import { newNonce } from '../marker.js';

const LONGEST_CODE = 3;

/**
 * Finds the end of a command in what its terminal shows. Whoever reads a terminal may lose the last few kilobytes once nobody holds its
 * other side any more; so a shell of ours holds it, prints a mark behind everything else, and waits to be ended.
 */
export class EndMark {
  readonly #mark: Buffer;
  readonly #words: readonly [string, string];
  #held = Buffer.alloc(0);
  #code: number | undefined;

  constructor(nonce = newNonce()) {
    this.#mark = Buffer.from(`${nonce} `);
    // Whole, it must not stand where a list of processes would print it.
    this.#words = [nonce.slice(0, nonce.length / 2), nonce.slice(nonce.length / 2)];
  }

  /** Exit code of the command, once the mark has come. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Arguments of `sh` that carry out a command line in front of the mark. */
  arguments(commandLine: string): string[] {
    const script = `trap : HUP INT QUIT TERM; sh -c "$1"; printf '%s%s %s;' "$2" "$3" "$?"; exec sleep 600`;
    return ['-c', script, 'runbook-studio', commandLine, ...this.#words];
  }

  /** The output in these bytes. What may be the beginning of the mark is held back; what comes after it is no output. */
  push(bytes: Uint8Array): Buffer {
    if (this.#code !== undefined) return Buffer.alloc(0);
    const all = Buffer.concat([this.#held, bytes]);
    let until = all.indexOf(this.#mark);
    while (until >= 0) {
      const after = all.toString('latin1', until + this.#mark.length, until + this.#mark.length + LONGEST_CODE + 1);
      const whole = /^([0-9]{1,3});/.exec(after);
      if (whole !== null) this.#code = Number(whole[1]);
      if (whole !== null || /^[0-9]{0,3}$/.test(after)) break;
      until = all.indexOf(this.#mark, until + 1);
    }
    if (until < 0) until = all.length - this.#begun(all);
    this.#held = this.#code === undefined ? all.subarray(until) : Buffer.alloc(0);
    return all.subarray(0, until);
  }

  /** What was held back of a command that ended without its mark. */
  rest(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }

  /** How many bytes at the end may be the beginning of the mark. */
  #begun(bytes: Buffer): number {
    for (let length = Math.min(bytes.length, this.#mark.length - 1); length > 0; length--) {
      if (bytes.subarray(bytes.length - length).equals(this.#mark.subarray(0, length))) return length;
    }
    return 0;
  }
}
