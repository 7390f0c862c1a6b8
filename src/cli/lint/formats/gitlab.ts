import type { LintReport } from '../report.js';
import { visible } from '../../reporters/visible.js';
import { plainJson } from './plainText.js';

const SEVERITIES = { error: 'critical', warning: 'major', information: 'info' } as const;

/** GitLab's code quality report. Source of the shape: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function gitlabJson({ findings }: LintReport): string {
  return plainJson(
    findings.map(({ file, place, rule, severity, message, fingerprint }) => ({
      description: visible(message),
      check_name: rule,
      fingerprint,
      severity: SEVERITIES[severity],
      location: { path: file, lines: { begin: place.line, end: place.endLine } },
    })),
  );
}
