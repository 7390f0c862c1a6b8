import { spellings } from './encodings.js';
import { markMasked } from './masked.js';
import type { Masked } from './masked.js';
import { MASK, maskStream } from './maskStream.js';
import type { MaskStream } from './maskStream.js';
import { patternMachine } from './patternMachine.js';
import type { PatternMachine } from './patternMachine.js';
import { strengthOf } from './strength.js';
import type { Strength } from './strength.js';

/**
 * The one place where secrets are taken out of what is shown or kept. Every secret must be registered before it is handed to
 * anything that could print it.
 */
export class Masker {
  readonly #secrets = new Set<string>();
  readonly #patterns = new Map<string, Buffer>();
  #machine: PatternMachine | undefined;
  #stale = false;

  /** Masks a secret in all its spellings from now on. `unusable`: it cannot be masked, so it must not be handed to anything. */
  register(value: string): Strength {
    const strength = strengthOf(value);
    if (strength === 'unusable' || this.#secrets.has(value)) return strength;
    this.#secrets.add(value);
    for (const bytes of spellings(value)) this.#patterns.set(bytes.toString('latin1'), bytes);
    this.#stale = true;
    return strength;
  }

  /** Masks one stream of bytes. Each stream of each attempt has its own. */
  stream(): MaskStream {
    return maskStream(() => this.#current());
  }

  /** A text without the secrets. */
  maskText(text: string): Masked<string> {
    if (this.#patterns.size === 0) return markMasked(text);
    const stream = this.stream();
    const bytes = Buffer.from(text);
    const masked = Buffer.concat([stream.push(bytes), stream.flush('whole')]);
    return markMasked(masked.equals(bytes) ? text : masked.toString('utf8'));
  }

  /**
   * Plain JSON without the secrets; a number that spells one becomes text. Keys are the author's words or ours, and stay.
   * Values of the outermost keys in `keep` are left as they are: for words of our own that a program reads.
   */
  maskDeep<T>(value: T, keep: readonly string[] = []): Masked<T> {
    return markMasked(this.#patterns.size === 0 ? value : (this.#deep(value, keep) as T));
  }

  /** An error whose message and stack are without the secrets: for trouble that nobody expected, and that is shown as it is. */
  maskError(error: unknown): unknown {
    if (!(error instanceof Error)) return typeof error === 'string' ? this.maskText(error) : error;
    const before = { message: error.message, stack: error.stack ?? '' };
    const { message, stack } = this.maskDeep(before);
    if (message === before.message && stack === before.stack) return error;
    error.message = message;
    error.stack = stack;
    return error;
  }

  #deep(value: unknown, keep: readonly string[]): unknown {
    if (typeof value === 'string') return this.maskText(value);
    if (typeof value === 'number') return this.maskText(String(value)) === String(value) ? value : MASK;
    if (Array.isArray(value)) return value.map((item) => this.#deep(item, []));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => (keep.includes(key) ? [key, member as unknown] : [key, this.#deep(member, [])])),
    );
  }

  /** Built when it is first needed: a run registers its secrets one after the other. */
  #current(): PatternMachine | undefined {
    if (this.#stale) {
      this.#machine = patternMachine([...this.#patterns.values()]);
      this.#stale = false;
    }
    return this.#machine;
  }
}
