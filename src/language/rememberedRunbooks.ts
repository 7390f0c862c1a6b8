import { RunbookReader } from './incremental/runbookReader.js';
import { LintMemory } from './linter/lintMemory.js';
import type { ParsedRunbook } from './project.js';

interface Remembered {
  readonly reader: RunbookReader;
  last: ParsedRunbook | undefined;
  /** `once`: it was seen by the linter, which may never see it again. */
  lint: LintMemory | 'once' | undefined;
}

/** The runbooks that were looked at last, each with what is needed to read and judge its next text quickly. */
export class RememberedRunbooks {
  readonly #most: number;
  readonly #byFile = new Map<string, Remembered>();

  constructor(most: number) {
    this.#most = most;
  }

  read(file: string, text: string): ParsedRunbook {
    const known = this.#byFile.get(file) ?? { reader: new RunbookReader(file), last: undefined, lint: undefined };
    if (known.last?.text === text) return known.last;
    const parsed = known.reader.read(text);
    known.last = parsed;
    this.#byFile.delete(file);
    this.#byFile.set(file, known);
    const [oldest] = this.#byFile.keys();
    if (this.#byFile.size > this.#most && oldest !== undefined) this.#byFile.delete(oldest);
    return parsed;
  }

  /** From the second time on: what is looked at once needs no memory. */
  lintMemoryOf(document: ParsedRunbook): LintMemory | undefined {
    const known = this.#byFile.get(document.file);
    if (known === undefined) return undefined;
    if (known.lint === 'once') known.lint = new LintMemory(document);
    else known.lint ??= 'once';
    return known.lint === 'once' ? undefined : known.lint;
  }

  /** How many texts of a file were read as a whole, and how many only where they were edited. */
  countsOf(file: string): RunbookReader['counts'] {
    return this.#byFile.get(file)?.reader.counts ?? { wholly: 0, partly: 0 };
  }
}
