import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Io } from './io.js';
import { UsageError } from './usage.js';

/** Asks the person at the terminal one question. What is hidden is not echoed. Rejects when `signal` is aborted: it need not be answered any more. */
export type AskLine = (question: string, hidden?: boolean, signal?: AbortSignal) => Promise<string>;

/** Keeps everything else off the screen while a person is asked. */
export interface Quiet {
  pause(): void;
  resume(): void;
}

/** The terminal as a place for questions: one at a time, whoever asks. */
export class Questions {
  readonly #io: Io;
  #quiet: Quiet | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** Throws a UsageError when there is no terminal to ask in. */
  constructor(io: Io) {
    if (!io.interactive) throw new UsageError('There is no terminal to ask questions in; use --headless.');
    this.#io = io;
  }

  /** What must keep quiet from now on while a question is open. */
  keepQuiet(quiet: Quiet): void {
    this.#quiet = quiet;
  }

  readonly ask: AskLine = (question, hidden = false, signal) => this.together((ask) => ask(question, hidden, signal));

  /** Several questions that belong together: nobody else's come between them. */
  together<T>(work: (ask: AskLine) => Promise<T>): Promise<T> {
    const mine = this.#turn.then(async () => {
      this.#quiet?.pause();
      try {
        return await work((question, hidden, signal) => this.#read(question, hidden ?? false, signal));
      } finally {
        this.#quiet?.resume();
      }
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #read(question: string, hidden: boolean, signal: AbortSignal | undefined): Promise<string> {
    const nowhere = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    });
    if (hidden) this.#io.out(question);
    const readline = createInterface({ input: process.stdin, output: hidden ? nowhere : process.stdout, terminal: true });
    try {
      const asked = hidden ? '' : question;
      return await (signal === undefined ? readline.question(asked) : readline.question(asked, { signal }));
    } finally {
      readline.close();
      if (hidden) this.#io.out('\n');
    }
  }
}
