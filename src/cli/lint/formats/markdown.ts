import type { LintReport, ReportedFinding } from '../report.js';
import { inlineCode, inlineText } from './markdownText.js';
import { plainText } from './plainText.js';
import { many, SEVERITIES, summaryOf } from './summary.js';

/** GitHub takes 1 MiB of a summary of a step; a quarter is left for what else the step says. */
const MOST_BYTES = 768 * 1024;

/** For the summary of a job or a comment: findings by file, without links. What does not fit is left out, the least first, and that is said. */
export function lintMarkdown(report: LintReport, mostBytes = MOST_BYTES): string {
  const kept = fitting(report.findings, mostBytes - 1024);
  const parts = [`## Runbook lint\n\n${summaryOf(report)}\n`];
  let file: string | undefined;
  for (const finding of report.findings) {
    if (!kept.has(finding)) continue;
    if (finding.file !== file) parts.push(headingOf(finding.file));
    file = finding.file;
    parts.push(itemOf(finding));
  }
  const missing = report.findings.length - kept.size;
  if (missing > 0)
    parts.push(`\n**${many(missing, 'finding')} left out**, because this text would be too long. The other formats have them all.\n`);
  return parts.join('');
}

/** Which findings fit into so many bytes: errors before warnings before information, and none is so long that it keeps the others out. */
function fitting(findings: readonly ReportedFinding[], mostBytes: number): ReadonlySet<ReportedFinding> {
  const kept = new Set<ReportedFinding>();
  const files = new Set<string>();
  let left = mostBytes;
  for (const severity of SEVERITIES) {
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const bytes = Buffer.byteLength(itemOf(finding)) + (files.has(finding.file) ? 0 : Buffer.byteLength(headingOf(finding.file)));
      if (bytes > left) continue;
      left -= bytes;
      files.add(finding.file);
      kept.add(finding);
    }
  }
  return kept;
}

function headingOf(file: string): string {
  return `\n### ${inlineCode(plainText(file))}\n\n`;
}

function itemOf({ place, severity, rule, message }: ReportedFinding): string {
  return `- **${severity}** in line ${String(place.line)}, ${inlineCode(plainText(rule))}: ${inlineText(plainText(message))}\n`;
}
