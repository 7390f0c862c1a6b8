import type { NameTypes } from '../expressions/index.js';
import type { ParsedRunbook } from '../project.js';
import type { Step } from '../schema/generated/runbook.js';
import type { Declarations, RuleOptions } from './rule.js';
import type { StepFindings } from './stepFindings.js';
import { WalkMemory } from './walk.js';

/** All that a rule for steps may see beside the steps. */
interface Around {
  readonly declarations: Declarations;
  readonly names: string;
  readonly options: RuleOptions;
}

/** What the linter remembers of one file from one text to the next. */
export class LintMemory {
  readonly walk: WalkMemory;
  #around: Around | undefined;
  #findings: ReadonlyMap<Step, StepFindings> = new Map();

  constructor(document: ParsedRunbook) {
    this.walk = new WalkMemory(document);
  }

  /** What is still true of each step. Nothing is when something around them has changed. */
  recall(around: Around): ReadonlyMap<Step, StepFindings> {
    const before = this.#around;
    this.#around = around;
    if (before === undefined || !isSame(before, around)) this.#findings = new Map();
    return this.#findings;
  }

  keep(findings: ReadonlyMap<Step, StepFindings>): void {
    this.#findings = findings;
  }
}

export function aroundSteps(declarations: Declarations, names: NameTypes, options: RuleOptions): Around {
  return { declarations, names: JSON.stringify(names), options };
}

function isSame(before: Around, after: Around): boolean {
  return before.names === after.names && before.options === after.options && isSameWithin(before.declarations, after.declarations);
}

/** The reader gives the same data for what has not been edited. */
function isSameWithin(before: object, after: object): boolean {
  const [old, now] = [Object.entries(before), Object.entries(after)];
  return old.length === now.length && old.every(([key, value], index) => key === now[index]?.[0] && value === now[index][1]);
}
