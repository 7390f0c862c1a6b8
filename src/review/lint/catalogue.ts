import { INVENTORY_RULES, RULES, SYNTAX_RULES } from '../../language/index.js';
import type { RuleDescription } from '../../language/index.js';
import { PLAN_RULES } from '../../planner/index.js';
import { CONFIGURATION_RULES, SCRIPT_RULES, SUPPRESSION_RULES } from './ownRules.js';
import type { RuleCard, RuleSubject } from './ruleCard.js';

/** Every rule there is, whatever it looks at. All findings of ShellCheck are one card here: see {@link ruleCard}. */
export const RULE_CARDS: readonly RuleCard[] = distinct([
  ...SYNTAX_RULES.map((rule) => cardOf(rule, 'syntax')),
  ...RULES.map((rule) => cardOf(rule, 'runbooks')),
  ...PLAN_RULES.map((rule) => cardOf(rule, 'plans')),
  ...INVENTORY_RULES.map((rule) => cardOf(rule, 'inventories')),
  ...SCRIPT_RULES,
  ...SUPPRESSION_RULES,
  ...CONFIGURATION_RULES,
]);

const byId = new Map(RULE_CARDS.map((card) => [card.id, card]));

/** What the findings of ShellCheck are called: `shellcheck/SC2086`; and where it gave no answer, `shellcheck/unchecked`. */
const OF_SHELLCHECK = /^shellcheck\/(?:SC\d{4}|unchecked)$/;

/** The card of a rule; for `shellcheck/SC2086` that of the family. Undefined where there is no such rule. */
export function ruleCard(id: string): RuleCard | undefined {
  return byId.get(OF_SHELLCHECK.test(id) ? 'shellcheck' : id);
}

function cardOf({ id, family, severity, rationale, cites, options = [] }: RuleDescription, subject: RuleSubject): RuleCard {
  return { id, family, severity, rationale, cites, options, subject };
}

/** A rule that looks at runbooks and at inventories has one id, and one card. */
function distinct(cards: readonly RuleCard[]): readonly RuleCard[] {
  return [...new Map([...cards].reverse().map((card) => [card.id, card])).values()].reverse();
}
