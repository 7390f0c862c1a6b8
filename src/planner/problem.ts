import type { MissingInput } from './inputs.js';
import type { Diagnostic, ParsedDocument, Range } from '../language/index.js';

/** Trouble that only shows when a runbook meets an inventory, inputs and facts. */
export interface PlanProblem {
  readonly file: string;
  readonly diagnostic: Diagnostic;
}

/** Collects problems, each with its place. */
export class Problems {
  readonly list: PlanProblem[] = [];
  readonly missingInputs: MissingInput[] = [];

  /** `container` and `key` name the place; without a place the start of the file stands for it. */
  add(document: ParsedDocument, code: string, message: string, container?: object, key?: string | number): void {
    const range: Range = (container &&
      (key === undefined
        ? document.positions.of(container)
        : (document.positions.value(container, key) ?? document.positions.of(container)))) ?? { start: 0, end: 0 };
    this.list.push({ file: document.file, diagnostic: { code, severity: 'error', range, message } });
  }
}
