import type { RunSummary } from '../../engine/index.js';

/** Where it is remembered what was told: a `Memento` of VS Code is one. */
export interface Memory {
  get(key: string, absent: readonly string[]): readonly string[];
  update(key: string, value: readonly string[]): PromiseLike<void>;
}

const TOLD = 'runbook.toldInterrupted';

/** Runs that were interrupted and that nobody has been told of yet. */
export class InterruptedNews {
  readonly #memory: Memory;
  readonly #list: () => Promise<readonly RunSummary[]>;
  #turn: Promise<unknown> = Promise.resolve();

  /** `list` gives all runs; it is asked each time. */
  constructor(memory: Memory, list: () => Promise<readonly RunSummary[]>) {
    this.#memory = memory;
    this.#list = list;
  }

  /** Those to tell of now; each is given once, however often and however close to each other this is asked. */
  take(): Promise<readonly RunSummary[]> {
    const mine = this.#turn.then(() => this.#take());
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #take(): Promise<readonly RunSummary[]> {
    const interrupted = (await this.#list()).filter(({ status, resumable }) => status === 'interrupted' && resumable);
    const told = this.#memory.get(TOLD, []);
    // Only what is interrupted now is remembered, so the list does not grow.
    await this.#memory.update(TOLD, interrupted.map(nameOf));
    return interrupted.filter((run) => !told.includes(nameOf(run)));
  }
}

/** A run that is resumed and interrupted again has another epoch, and is told of again. */
function nameOf({ run, epoch }: RunSummary): string {
  return `${run} ${String(epoch)}`;
}
