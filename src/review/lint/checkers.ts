import { createChecker } from '../../language/index.js';
import type { Checker, RuleOptions, Workspace } from '../../language/index.js';

/** Most checkers that are kept: one for each way in which a folder sets the options of rules. */
const MOST = 20;

/** Checkers for each way to set the options of rules; the same again for the same options. */
export class Checkers {
  readonly #byOptions = new Map<string, Checker>();
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  with(ruleOptions: RuleOptions): Checker {
    const set = Object.entries(ruleOptions).filter(([, options]) => Object.keys(options).length > 0);
    const key = JSON.stringify(set.sort(([left], [right]) => (left < right ? -1 : 1)));
    const checker = this.#byOptions.get(key) ?? createChecker({ workspace: this.#workspace, ruleOptions });
    if (this.#byOptions.size >= MOST) this.#byOptions.clear();
    this.#byOptions.set(key, checker);
    return checker;
  }
}
