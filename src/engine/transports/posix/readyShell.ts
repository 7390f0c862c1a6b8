import type { ExecChannel } from '../exec.js';
import { MarkerReader, newNonce } from '../marker.js';
import { hear } from '../speak.js';
import type { Spoken } from '../speak.js';
import type { CommandIo } from '../transport.js';
import { payload } from './wrapper.js';

/** A shell that nobody uses for so long is closed: the host may have its own opinion of idle sessions. */
const IDLE_MS = 20_000;

/** A shell on the host that has done what needs no attempt, and waits for the program of one. It is used once. */
export class ReadyShell {
  /** The word its markers and frames begin with. */
  readonly nonce = newNonce();
  /** Where it prints to before and after it is used. */
  readonly io: CommandIo;
  #sink: (bytes: Uint8Array) => void = () => undefined;
  #spoken: Spoken | undefined;
  #over = false;
  #idle: NodeJS.Timeout | undefined;

  constructor() {
    this.io = {
      stdout: (bytes) => {
        this.#sink(bytes);
      },
      stderr: () => undefined,
    };
  }

  /** What it has said first: `ready`, or why it is not. */
  get spoken(): Spoken | undefined {
    return this.#spoken;
  }

  /** It has said its first word, and waits from now on. */
  wait(spoken: Spoken): void {
    this.#spoken = spoken;
    void spoken.channel.ended.then(() => (this.#over = true));
    this.#idle = setTimeout(() => {
      this.close();
    }, IDLE_MS);
    this.#idle.unref();
  }

  /** Whether a program can be handed to it still. */
  get waits(): boolean {
    return this.#spoken?.words?.[0] === 'ready' && !this.#over;
  }

  /** Hands it its program; gives the first word of that. What follows goes to `io`. */
  async tell(program: string, io: CommandIo): Promise<Spoken> {
    clearTimeout(this.#idle);
    const { channel } = this.#spokenOnce();
    let heard: (words: readonly string[]) => void = () => undefined;
    const first = new Promise<readonly string[]>((resolve) => (heard = resolve));
    const reader = new MarkerReader(
      this.nonce,
      (words) => {
        heard(words);
      },
      (bytes) => {
        io.stdout(bytes);
      },
    );
    this.#sink = (bytes) => {
      reader.push(bytes);
    };
    channel.write(payload(program));
    const words = await hear(channel, first);
    if (words !== undefined) channel.write('\n');
    return { channel, words, said: '' };
  }

  close(): void {
    this.#over = true;
    clearTimeout(this.#idle);
    this.#spoken?.channel.close();
  }

  #spokenOnce(): { readonly channel: ExecChannel } {
    if (this.#spoken === undefined) throw new Error('internal error: a shell that is not ready was told something');
    return this.#spoken;
  }
}
