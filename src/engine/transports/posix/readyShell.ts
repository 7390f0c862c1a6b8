import type { ExecChannel } from '../exec.js';
import { MarkerReader, newNonce } from '../marker.js';
import { hear } from '../speak.js';
import type { Spoken } from '../speak.js';
import type { CommandIo } from '../transport.js';
import { preparation } from './detached.js';
import { firstPayload, payload } from './wrapper.js';

/** A shell that nobody uses for so long is closed: the host may have its own opinion of idle sessions. */
const IDLE_MS = 20_000;

/** A shell on the host that waits, and starts one act after the other. */
export class ReadyShell {
  /** The word its markers begin with, and the name of what it has made on the host. */
  readonly nonce = newNonce();
  /** Where it prints to before and after it is used. */
  readonly io: CommandIo;
  #sink: (bytes: Uint8Array) => void = nobody;
  #spoken: Spoken | undefined;
  #next = '';
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

  /** It has said its first word. */
  began(spoken: Spoken): void {
    this.#spoken = spoken;
    void spoken.channel.ended.then(() => (this.#over = true));
    if (this.waits) this.#prepare();
  }

  /** The last act is over, and nothing is to be done for now. */
  rest(): void {
    this.#prepare();
    this.#idle = setTimeout(() => {
      this.close();
    }, IDLE_MS);
    this.#idle.unref();
  }

  /** The word with which the markers and frames of the next program begin. */
  get next(): string {
    return this.#next;
  }

  /** Whether a program can be handed to it still. */
  get waits(): boolean {
    return this.#spoken?.words?.[0] === 'ready' && !this.#over;
  }

  /** Takes it from its rest: nobody closes it meanwhile. */
  wake(): void {
    clearTimeout(this.#idle);
  }

  /** Starts the next program; gives its first word. What follows goes to `io`. */
  async tell(program: string, io: CommandIo): Promise<Spoken> {
    const { channel } = this.#spokenOnce();
    let heard: (words: readonly string[]) => void = () => undefined;
    const first = new Promise<readonly string[]>((resolve) => (heard = resolve));
    const reader = new MarkerReader(
      this.#next,
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

  #prepare(): void {
    this.#sink = nobody;
    this.#next = newNonce();
    this.#spoken?.channel.write(firstPayload(preparation(this.#next)));
  }

  #spokenOnce(): { readonly channel: ExecChannel } {
    if (this.#spoken === undefined) throw new Error('internal error: a shell that is not ready was told something');
    return this.#spoken;
  }
}

function nobody(): void {
  // What comes between two acts is meant for nobody.
}
