import { readRunbook } from '../parser/parse.js';
import type { RunbookReading } from '../parser/parse.js';
import type { ParsedRunbook } from '../project.js';
import { EditedRunbook } from './editedRunbook.js';

/**
 * Reads the texts that one file has had in the order in which they were typed. What it gives is what reading each of them by itself would give,
 * but data of steps that were not touched is the same data as before, and takes no time.
 */
export class RunbookReader {
  readonly #file: string;
  /** The last sound text; not taken apart before another one comes. */
  #last: EditedRunbook | RunbookReading | undefined;
  #wholly = 0;
  #partly = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** How many texts were read as a whole, and how many only where they were edited. */
  get counts(): { readonly wholly: number; readonly partly: number } {
    return { wholly: this.#wholly, partly: this.#partly };
  }

  read(text: string): ParsedRunbook {
    const last = this.#last === undefined || this.#last instanceof EditedRunbook ? this.#last : EditedRunbook.from(this.#last);
    this.#last = last;
    const edited = last?.read(text);
    if (edited !== undefined) {
      this.#partly++;
      this.#last = edited.next ?? last;
      return edited.parsed;
    }
    this.#wholly++;
    const reading = readRunbook(this.#file, text);
    if (reading.sound !== undefined) this.#last = reading;
    return reading.parsed;
  }
}
