import type { Severity } from '../../language/index.js';

/** A rule that needs plans to judge by, for the documentation and for tools that list rules. */
export interface PlanRule {
  readonly id: string;
  readonly severity: Severity;
  /** Why it matters. */
  readonly rationale: string;
}

/** Every rule that is judged over the plans of a runbook; those over its text are `RULES` of the language. */
export const PLAN_RULES: readonly PlanRule[] = [
  {
    id: 'order-broken',
    severity: 'error',
    rationale: 'A reused range or a swap of two steps can do what the vendor forbids, in one layout of hosts and not in another.',
  },
  {
    id: 'stop-without-start',
    severity: 'error',
    rationale: 'A host that was stopped or isolated and never brought back is an outage that begins when everybody thinks it is over.',
  },
  {
    id: 'unreachable-step',
    severity: 'warning',
    rationale: 'A step that no layout, input or upgrade path ever reaches is a condition that is wrong, and what it guards is never done.',
  },
  {
    id: 'empty-order',
    severity: 'warning',
    rationale: 'An order about an effect that no step has proves nothing, though it looks as if it did.',
  },
  {
    id: 'order-unprovable',
    severity: 'information',
    rationale: 'With too many variants to try them all, only each pair of values is tried; what needs three at once could be missed.',
  },
  {
    id: 'too-many-variants',
    severity: 'information',
    rationale: 'What took too long to try was not tried: its plans may hold what the others do not show.',
  },
  {
    id: 'self-lock-out',
    severity: 'warning',
    rationale: 'A run whose way in, or whose source of passwords, is down by its own doing cannot go on and cannot go back.',
  },
];
