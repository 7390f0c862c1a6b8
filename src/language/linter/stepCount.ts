import { parseUseReference, resolveFile } from '../model/useReference.js';
import type { ParsedRunbook } from '../project.js';
import type { Step } from '../schema/generated/runbook.js';
import { findUsed } from './named.js';
import type { LintContext } from './rule.js';

/** More steps than any real procedure comes to when everything it uses is followed. */
export const MOST_STEPS = 10_000;

const remembered = new WeakMap<LintContext, Map<string, number>>();

/**
 * How many steps some steps of the runbook come to, with everything in them and everything they use, undos and remedies too. Each thing that is
 * used is counted once and taken as often as it is used, so that this takes no longer than reading the files. A circle counts as nothing.
 */
export function stepCount(steps: readonly Step[], context: LintContext): number {
  let counts = remembered.get(context);
  if (counts === undefined) {
    counts = new Map();
    remembered.set(context, counts);
  }
  return new Count(context, counts).steps(steps, context.document, false);
}

class Count {
  readonly #context: LintContext;
  /** By what is used; 0 while it is being counted. */
  readonly #known: Map<string, number>;

  constructor(context: LintContext, known: Map<string, number>) {
    this.#context = context;
    this.#known = known;
  }

  /** `aside`: within an undo or a remedy, which have none of their own. */
  steps(steps: readonly Step[], document: ParsedRunbook, aside: boolean): number {
    return steps.reduce((sum, step) => sum + this.#step(step, document, aside), 0);
  }

  #step(step: Step, document: ParsedRunbook, aside: boolean): number {
    const asides = aside ? [] : [step.undo, ...(step.on_failure?.remedies ?? [])].filter((part) => part !== undefined);
    return (
      1 +
      this.steps(step.steps ?? [], document, aside) +
      this.#use(step.use, document, aside) +
      asides.reduce((sum, part) => sum + this.#step(part as Step, document, true), 0)
    );
  }

  #use(use: string | undefined, from: ParsedRunbook, aside: boolean): number {
    const reference = use === undefined ? undefined : parseUseReference(use);
    if (reference === undefined) return 0;
    const file = reference.file === undefined ? from.file : resolveFile(from.file, reference.file);
    const document = file === this.#context.document.file ? this.#context.document : this.#context.files.get(file);
    if (document?.value === undefined) return 0;
    const key = `${file}#${reference.id ?? ''}..${reference.to ?? ''} ${String(aside)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, 0);
    const { prerequisites = [], steps } = document.value;
    const count = this.steps(
      reference.id === undefined ? [...prerequisites, ...steps] : (findUsed(document.value, reference) ?? []),
      document,
      aside,
    );
    this.#known.set(key, count);
    return count;
  }
}
