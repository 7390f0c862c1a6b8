import type { Diagnostic } from '../diagnostic.js';
import type { Finding, RuleDescription } from './rule.js';
import type { Found } from './stepFindings.js';

/** What a rule has found, with its name and its severity. `index`: its place among the rules. */
export function findingsOf(rule: RuleDescription, index: number, findings: Iterable<Finding>): readonly Found[] {
  return Array.from(findings, (finding) => ({ rule: index, diagnostic: { code: rule.id, severity: rule.severity, ...finding } }));
}

/** In order of place, then of rules. What is used several times is visited several times; its author needs to hear it once. */
export function distinct(found: readonly Found[]): readonly Diagnostic[] {
  const ordered = found.toSorted(
    ({ rule, diagnostic: { range } }, { rule: otherRule, diagnostic: { range: other } }) =>
      range.start - other.start || range.end - other.end || rule - otherRule,
  );
  const seen = new Set<string>();
  return ordered.flatMap(({ diagnostic }) => {
    const place = `${diagnostic.code} ${String(diagnostic.range.start)} ${String(diagnostic.range.end)} ${diagnostic.message}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [diagnostic];
  });
}
