import type { RuleDescription } from '../../language/index.js';

/** A rule that needs plans to judge by, for the documentation and for tools that list rules. */
export type PlanRule = RuleDescription;

/** Every rule that is judged over the plans of a runbook; those over its text are `RULES` of the language. */
export const PLAN_RULES: readonly PlanRule[] = [
  {
    id: 'order-broken',
    family: 'order',
    severity: 'error',
    rationale: 'A reused range or a swap of two steps can do what the vendor forbids, in one layout of hosts and not in another.',
    cites: ['capability 17', 'capability 75', 'capability 80'],
  },
  {
    id: 'stop-without-start',
    family: 'order',
    severity: 'error',
    rationale: 'A host that was stopped or isolated and never brought back is an outage that begins when everybody thinks it is over.',
    cites: ['capability 58', 'capability 80'],
  },
  {
    id: 'unreachable-step',
    family: 'correctness',
    severity: 'warning',
    rationale: 'A step that no layout, input or upgrade path ever reaches is a condition that is wrong, and what it guards is never done.',
    cites: ['capability 11', 'capability 30'],
  },
  {
    id: 'empty-order',
    family: 'order',
    severity: 'warning',
    rationale: 'An order about an effect that no step has proves nothing, though it looks as if it did.',
    cites: ['capability 17'],
  },
  {
    id: 'order-unprovable',
    family: 'order',
    severity: 'information',
    rationale: 'With too many variants to try them all, only each pair of values is tried; what needs three at once could be missed.',
    cites: ['capability 11', 'capability 75'],
  },
  {
    id: 'too-many-variants',
    family: 'order',
    severity: 'information',
    rationale: 'What took too long to try was not tried: its plans may hold what the others do not show.',
    cites: ['capability 11'],
  },
  {
    id: 'self-lock-out',
    family: 'safety',
    severity: 'warning',
    rationale: 'A run whose way in, or whose source of passwords, is down by its own doing cannot go on and cannot go back.',
    cites: ['capability 46'],
  },
];
