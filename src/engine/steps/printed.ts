import type { CommandIo } from '../transports/transport.js';
import type { ActionContext } from './action.js';

/** Values are taken from the first mebibyte, in characters; more would be a file, not a value. */
const KEPT = 1024 * 1024;

/** What a command prints, on its way to the output of its attempt, and the beginning of it for the values of the step. */
export class Printed {
  /** Where the command prints to. */
  readonly io: CommandIo;
  readonly #chunks: string[] = [];
  #size = 0;
  #whole = true;

  constructor(context: ActionContext) {
    const decoder = new TextDecoder();
    const keeps = context.step.spec.outputs !== undefined;
    this.io = {
      stdout: (bytes) => {
        if (keeps && this.#size < KEPT) this.#keep(decoder.decode(bytes, { stream: true }));
        context.print('stdout', bytes);
      },
      stderr: (bytes) => {
        context.print('stderr', bytes);
      },
      dropped: (stream, bytes) => {
        if (stream === 'stdout' && this.#size < KEPT) this.#whole = false;
        context.missed(stream, bytes);
      },
    };
  }

  /** The beginning of standard output. */
  get stdout(): string {
    return this.#chunks.join('');
  }

  /** Whether nothing is missing in {@link stdout}. */
  get whole(): boolean {
    return this.#whole;
  }

  /** What was printed before went to somebody else. */
  beginsLate(): void {
    this.#whole = false;
  }

  #keep(text: string): void {
    this.#chunks.push(text.slice(0, KEPT - this.#size));
    this.#size += text.length;
  }
}
