import type { Rule } from '../src/language/linter/rule.js';

/** A Markdown table of rules, in the order of their ids: what a finding is called, how much it matters, and why. */
export function findingsTable(rules: readonly Pick<Rule, 'id' | 'severity' | 'rationale'>[]): string {
  // A rule of runbooks and one of inventories may share an id; the first one explains it.
  const rows = rules
    .filter((rule, index) => rules.findIndex(({ id }) => id === rule.id) === index)
    .sort((a, b) => a.id.localeCompare(b.id))
    .map(({ id, severity, rationale }) => `| \`${id}\` | ${severity} | ${rationale.replaceAll('|', '\\|')} |`);
  return ['| finding | | why |', '|--|--|--|', ...rows, ''].join('\n');
}
