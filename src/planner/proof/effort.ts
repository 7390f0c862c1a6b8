import { listsOf } from '../../language/index.js';
import type { Project } from '../../language/index.js';
import { MOST_NODES } from '../building/planBuilder.js';
import { planSteps } from '../walk.js';
import type { Variant } from './variants.js';

/** Units of effort after which the plans of one runbook have been looked at for long enough: a second or two. */
export const MOST_EFFORT = 60_000;

/** Counts what it takes to draft variants and to prove their orders, so that it comes to the same on every machine. */
export class Effort {
  spent = 0;
  /** What is written has to be judged for each variant, also where nothing comes of it. */
  readonly #written: number;

  constructor(project: Project) {
    this.#written = [...project.files.values()].reduce((sum, { value }) => {
      if (value === undefined) return sum;
      const steps = [...listsOf(value)].reduce((count, list) => count + list.length, 0);
      return sum + steps + (value.advisories?.length ?? 0) + Object.keys(value.roles ?? {}).length;
    }, 1);
  }

  add({ draft: { plan, proof, openFacts, problems } }: Variant): void {
    const isTooLarge = problems.some(({ diagnostic }) => diagnostic.code === 'too-many-steps');
    const steps = plan === undefined ? (isTooLarge ? MOST_NODES : 0) : planSteps(plan).length;
    const tried = proof === undefined ? 0 : proof.orders.reduce((sum, { combinations }) => sum + combinations, 0);
    this.spent += this.#written + steps + openFacts.length + tried;
  }
}
