import { randomBytes } from 'node:crypto';

const PREFIX = 'runbook-studio';
/** A login shell may greet before our program speaks; more than this is not a greeting. */
const NOISE_LIMIT = 256 * 1024;

/** A word only this attempt can know, so that nothing a host prints can be taken for one of our own lines. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}

/**
 * Finds the first line `runbook-studio NONCE WORDS…` in a stream. What stands before it (greetings of the login shell) is dropped;
 * what follows is passed on untouched.
 */
export class MarkerReader {
  readonly #begin: Buffer;
  #held = Buffer.alloc(0);
  #found = false;

  constructor(
    nonce: string,
    private readonly onMarker: (words: readonly string[]) => void,
    private readonly onRest: (bytes: Uint8Array) => void,
  ) {
    this.#begin = Buffer.from(`${PREFIX} ${nonce} `);
  }

  /** What came without a marker, for a message. */
  get noise(): string {
    return this.#held.toString('utf8');
  }

  push(bytes: Uint8Array): void {
    if (this.#found) {
      this.onRest(bytes);
      return;
    }
    this.#held = Buffer.concat([this.#held, bytes]);
    const at = this.#held.indexOf(this.#begin);
    const end = at < 0 ? -1 : this.#held.indexOf(10, at);
    if (end < 0) {
      if (this.#held.length > NOISE_LIMIT) this.#held = this.#held.subarray(this.#held.length - NOISE_LIMIT / 2);
      return;
    }
    this.#found = true;
    const line = this.#held.toString('utf8', at + this.#begin.length, end);
    const rest = this.#held.subarray(end + 1);
    this.#held = Buffer.alloc(0);
    this.onMarker(line.trimEnd().split(' '));
    if (rest.length > 0) this.onRest(rest);
  }
}

/** Last word of a marker line on standard output when standard error has begun with one too. */
export const ON_BOTH = 'both';

/** Shell text that says that a program has begun, on both streams; `started` is its start time. */
export const SAY_STARTED_ON_BOTH = `say errors >&2 && say started $$ "$started" ${ON_BOTH}`;

/** Shell function `say WORDS…` that prints a marker line. */
export function sayFunction(nonce: string): string {
  return `say() { printf '%s\\n' "${PREFIX} ${nonce} $*"; }`;
}
