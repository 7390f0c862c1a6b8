import type { Severity } from '../../../../language/index.js';
import type { RuleCard } from '../../../../review/index.js';
import { rulePages } from '../../../rulePages.js';
import type { ReportedFinding } from '../../report.js';

/** SARIF's words for severities. */
export const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/** GitHub's words for how much a rule matters that is not about security. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'recommendation' };

/** GitHub sorts findings of security by a number: from 7 on high, from 4 on medium, below low. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', information: '2.0' };

/** A rule as SARIF describes it. */
export interface RuleDescriptor {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** All rules, then those of findings that have no card of their own: a code of another program stands under the card of its family. */
export function ruleDescriptors(findings: readonly ReportedFinding[], cards: readonly RuleCard[]): readonly RuleDescriptor[] {
  const known = new Map(cards.map((card) => [card.id, descriptorOf(card.id, card)]));
  for (const { rule } of findings) {
    if (!known.has(rule)) known.set(rule, descriptorOf(rule, familyCard(rule, cards)));
  }
  return [...known.values()];
}

/** `shellcheck` for `shellcheck/SC2086`. */
function familyCard(rule: string, cards: readonly RuleCard[]): RuleCard | undefined {
  const [family] = rule.split('/');
  return cards.find(({ id }) => id === family);
}

function descriptorOf(id: string, card: RuleCard | undefined): RuleDescriptor {
  if (card === undefined) return { id };
  const { family, severity, rationale, cites, subject } = card;
  const helpUri = pageOf(card, id);
  return {
    id,
    shortDescription: { text: titleOf(id) },
    fullDescription: { text: rationale },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: { text: helpOf(card, id, ''), markdown: helpOf(card, id, '`') },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: [family, subject],
      precision: 'high',
      'problem.severity': PROBLEM_SEVERITIES[severity],
      ...(family === 'security' ? { 'security-severity': SECURITY_SEVERITIES[severity] } : {}),
      cites,
    },
  };
}

/** `missing-timeout` as `Missing timeout`. */
function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function helpOf(card: RuleCard, id: string, quote: string): string {
  const numbers = card.options.map(({ name, description, default: value }) => `${quote}${name}${quote}: ${description} (${String(value)})`);
  const citing = card.cites.length === 0 ? [] : [`Asked for by ${card.cites.join(', ')}.`];
  return [card.rationale, ...numbers, ...citing, suppression(card, id, quote)].join('\n\n');
}

function suppression({ severity, subject }: RuleCard, id: string, quote: string): string {
  if (severity === 'error') return 'An error cannot be suppressed: nothing is planned while it stands.';
  if (subject === 'suppressions' || subject === 'configuration')
    return `No comment suppresses it; ${quote}.runbook-lint.yaml${quote} can turn it off.`;
  return `To suppress it, say why at the end of the line: ${quote}# runbook-lint-ignore ${id}: reason${quote}`;
}

/** The page of a rule; rules of ShellCheck are described by ShellCheck. */
function pageOf(card: RuleCard, id: string): string | undefined {
  const code = /^shellcheck\/(SC\d+)$/.exec(id)?.[1];
  if (code !== undefined) return `https://www.shellcheck.net/wiki/${code}`;
  const pages = rulePages();
  return pages === undefined ? undefined : `${pages}${encodeURIComponent(card.id)}.md`;
}
