import type { ParsedRunbook } from '../project.js';
import type { TextFormat } from '../schema/jsonSchema.js';
import type { Range } from '../text/range.js';
import type { Surroundings, TextPlace } from './walk.js';

/** A file with the text that it has now. */
export interface Standing {
  document: ParsedRunbook;
}

/** A text of a runbook. Where it stands is found when somebody asks, in the text that the file has then: what is around it may have grown. */
export class PlacedText implements TextPlace {
  readonly text: string;
  readonly format: TextFormat | undefined;
  readonly container: object;
  readonly key: string | number;
  readonly label: string;
  readonly script: boolean;
  readonly around: Surroundings;
  readonly #standing: Standing;
  #found: { readonly document: ParsedRunbook; readonly range: Range } | undefined;

  constructor(
    standing: Standing,
    text: string,
    format: TextFormat | undefined,
    container: object,
    key: string | number,
    label: string,
    script: boolean,
    around: Surroundings,
  ) {
    this.text = text;
    this.format = format;
    this.container = container;
    this.key = key;
    this.label = label;
    this.script = script;
    this.around = around;
    this.#standing = standing;
  }

  get source(): string {
    return this.#standing.document.text;
  }

  get range(): Range {
    const { document } = this.#standing;
    if (this.#found?.document !== document) {
      const { positions } = document;
      const range = positions.value(this.container, this.key) ?? positions.of(this.container) ?? { start: 0, end: 0 };
      this.#found = { document, range };
    }
    return this.#found.range;
  }
}
