import { nearest } from '../../language/index.js';
import type { Diagnostic, Range } from '../../language/index.js';
import { RULE_CARDS, ruleCard } from './catalogue.js';
import type { FileFindings } from './judge.js';
import type { SuppressedRule, Suppression } from './suppressions.js';
import { whatCanBeTold } from './whatCanBeTold.js';

/** Most findings about the comments of one file; more of them help nobody. */
const MOST = 200;

interface Verdict {
  /** Findings that a comment takes away. */
  readonly silenced: ReadonlySet<Diagnostic>;
  /** What is wrong with the comments. */
  readonly findings: readonly Diagnostic[];
}

/** Which findings the comments of a file silence, and which comments should not be there. */
export function judgeSuppressions(suppressions: readonly Suppression[], file: FileFindings): Verdict {
  const byRule = new Map<string, Diagnostic[]>();
  for (const diagnostic of file.diagnostics) {
    const same = byRule.get(diagnostic.code);
    if (same === undefined) byRule.set(diagnostic.code, [diagnostic]);
    else same.push(diagnostic);
  }
  const silenced = new Set<Diagnostic>();
  const findings: Diagnostic[] = [];
  const canTell = whatCanBeTold(file);
  for (const suppression of suppressions) {
    if (suppression.rules.length === 0) {
      findings.push(
        unused(suppression, suppression.comment, 'this comment names no rule; write "runbook-lint-ignore RULE: reason", or remove it'),
      );
      continue;
    }
    const reasonless = suppression.reason === '';
    if (reasonless)
      findings.push({
        code: 'suppression-without-reason',
        severity: 'warning',
        range: suppression.comment,
        message: 'this comment silences nothing, because it does not say why; add ": " and the reason',
      });
    for (const rule of suppression.rules) {
      const { scope } = suppression;
      const meant = (scope === undefined ? [] : findingsOf(rule.id, byRule)).filter(({ range }) => startsIn(range, scope as Range));
      const errors = meant.filter(({ severity }) => severity === 'error');
      if (!reasonless) for (const diagnostic of meant) if (diagnostic.severity !== 'error') silenced.add(diagnostic);
      if (errors.length > 0) findings.push(suppressedError(suppression, rule));
      else if (meant.length === 0 && findings.length < MOST) {
        const why = whyUnused(suppression, rule, canTell);
        if (why !== undefined) findings.push(unused(suppression, rule.range, why, ruleCard(rule.id) === undefined ? undefined : rule));
      }
    }
  }
  return { silenced, findings: findings.slice(0, MOST) };
}

/** `shellcheck` stands for all of its rules. */
function findingsOf(id: string, byRule: ReadonlyMap<string, readonly Diagnostic[]>): readonly Diagnostic[] {
  if (id !== 'shellcheck') return byRule.get(id) ?? [];
  return [...byRule].flatMap(([code, found]) => (code.startsWith('shellcheck/') ? found : []));
}

function whyUnused({ late, scope }: Suppression, { id }: SuppressedRule, canTell: (id: string) => boolean): string | undefined {
  const card = ruleCard(id);
  if (card === undefined) {
    const near = nearest(
      id,
      RULE_CARDS.map((known) => known.id),
    );
    return `there is no rule "${id}"; ${near === undefined ? 'remove it, or look it up with "runbook lint --list-rules"' : `did you mean "${near}"?`}`;
  }
  if (late) return 'a comment for the whole file stands before the first key; move it there, or name one place with "runbook-lint-ignore"';
  if (scope === undefined) return 'nothing stands below this comment; move it above the entry that it is meant for, or remove it';
  if (card.subject === 'suppressions' || card.subject === 'configuration') return `"${id}" cannot be silenced by a comment; remove it`;
  return canTell(id) ? `"${id}" finds nothing here; remove it, so that it does not hide what comes later` : undefined;
}

function suppressedError(suppression: Suppression, rule: SuppressedRule): Diagnostic {
  return {
    code: 'suppressed-error',
    severity: 'warning',
    range: rule.range,
    message: `"${rule.id}" finds an error here, and an error cannot be silenced; mend it and remove this`,
    fix: removal(suppression, rule),
  };
}

function unused(suppression: Suppression, range: Range, message: string, rule?: SuppressedRule): Diagnostic {
  return {
    code: 'unused-suppression',
    severity: 'warning',
    range,
    message,
    ...(rule === undefined || suppression.late ? {} : { fix: removal(suppression, rule) }),
  };
}

/** Takes one rule out of a comment, and the whole comment with the last one. */
function removal({ rules, whole }: Suppression, rule: SuppressedRule): NonNullable<Diagnostic['fix']> {
  if (rules.length === 1) return { title: 'Remove the comment', edits: [{ range: whole, text: '' }] };
  const index = rules.indexOf(rule);
  const [before, after] = [rules[index - 1], rules[index + 1]];
  const range =
    after === undefined
      ? { start: before?.range.end ?? rule.range.start, end: rule.range.end }
      : { start: rule.range.start, end: after.range.start };
  return { title: `Remove "${rule.id}" from the comment`, edits: [{ range, text: '' }] };
}

function startsIn(range: Range, scope: Range): boolean {
  return range.start >= scope.start && range.start < scope.end;
}
