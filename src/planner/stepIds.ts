import { ACTIONS, parseUseReference } from '../language/index.js';
import type { ActionName, Step } from '../language/index.js';

/**
 * Ids of steps that stand side by side, no two of them the same: the path of a step is all that its results are kept by. Steps of several
 * lists stand side by side when their paths begin alike. What a step is called by its author, no other step gets by default.
 */
export class SiblingIds {
  readonly #written: ReadonlySet<string>;
  readonly #given = new Set<string>();

  /** `reserved`: what the planner itself may put beside these steps. */
  constructor(steps: readonly Step[], reserved: readonly string[] = []) {
    this.#written = new Set([...reserved, ...steps.flatMap(({ id }) => id ?? [])]);
  }

  /** The id of the next step. */
  take(step: Step): string {
    const wanted = step.id ?? defaultId(step);
    const isFree = (id: string): boolean => !this.#given.has(id) && (id === step.id || !this.#written.has(id));
    let id = wanted;
    for (let count = 2; !isFree(id); count++) id = `${wanted}_${String(count)}`;
    this.#given.add(id);
    return id;
  }
}

/** The one action of a step or a part of one; undefined where a remedy is only advice. */
export function actionOf(step: object): ActionName | undefined {
  return ACTIONS.find((action) => action in step);
}

function defaultId(step: Step): string {
  const action = actionOf(step) ?? 'step';
  const reference = step.use === undefined ? undefined : parseUseReference(step.use);
  return reference?.id ?? (reference?.file === undefined ? action : (/([a-z][a-z0-9_]*)\.runbook/.exec(reference.file)?.[1] ?? action));
}
