import { createChecker } from '../../language/index.js';
import type { Checker, RuleOptions } from '../../language/index.js';
import { editorWorkspace } from '../documents.js';

/** Most services that are kept: one for each way in which a folder sets the options of rules. */
const MOST = 20;

/** Language services for each way to set the options of rules; the same again for the same options. */
export class Services {
  readonly #byOptions = new Map<string, Checker>();

  with(ruleOptions: RuleOptions): Checker {
    const set = Object.entries(ruleOptions).filter(([, options]) => Object.keys(options).length > 0);
    const key = JSON.stringify(set.sort(([left], [right]) => (left < right ? -1 : 1)));
    const service = this.#byOptions.get(key) ?? createChecker({ workspace: editorWorkspace, ruleOptions });
    if (this.#byOptions.size >= MOST) this.#byOptions.clear();
    this.#byOptions.set(key, service);
    return service;
  }
}
