import type { RuleFamily, RuleOption, Severity } from '../../language/index.js';

/** What a rule looks at. */
export type RuleSubject = 'runbooks' | 'inventories' | 'plans' | 'syntax' | 'scripts' | 'suppressions' | 'configuration';

/** A rule as people read about it; its own module is the source of everything here. */
export interface RuleCard {
  readonly id: string;
  readonly family: RuleFamily;
  readonly severity: Severity;
  /** Why it matters: one or two sentences. */
  readonly rationale: string;
  /** What asks for it: rows of `docs/capabilities.md` (`capability 37`), threats of `docs/threats.md` (`threat T4`). */
  readonly cites: readonly string[];
  readonly options: readonly RuleOption[];
  readonly subject: RuleSubject;
}
