import type { Severity } from '../../../language/index.js';
import type { LintReport } from '../report.js';

/** From what stops to what is worth knowing. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information'];

/** How many findings of a report have each severity. */
export function countsOf({ findings }: Pick<LintReport, 'findings'>): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** What was found and what is not shown, in one or two sentences. */
export function summaryOf(report: LintReport): string {
  const { findings, files, hidden } = report;
  const counts = countsOf(report);
  const found = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => counted(severity, counts[severity]));
  const result =
    findings.length === 0
      ? `${many(files, 'file')} checked, nothing found.`
      : `${many(findings.length, 'finding')} in ${many(files, 'file')}: ${found.join(', ')}.`;
  const reasons = [
    [hidden.suppressed, 'suppressed by comments'],
    [hidden.baseline, 'known from the baseline'],
    [hidden.unchanged, 'on lines that have not changed'],
  ] as const;
  const kept = reasons.filter(([count]) => count > 0).map(([count, why]) => `${String(count)} ${why}`);
  return kept.length === 0 ? result : `${result} Not shown: ${kept.join(', ')}.`;
}

function counted(severity: Severity, count: number): string {
  return severity === 'information' ? `${String(count)} information` : many(count, severity);
}

/** A number with its noun. */
export function many(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
