import type { Diagnostic, Severity } from '../../language/index.js';
import { ruleCard } from './catalogue.js';
import type { LintConfiguration } from './configuration.js';
import { SEVERITIES } from './severity.js';
import { judgeSuppressions } from './suppressionFindings.js';
import { suppressionsOf } from './suppressions.js';

/** A finding that counts, with the severity that the configuration gives it. */
export interface JudgedFinding extends Diagnostic {
  /** Its rule says it is an error: nothing can silence it. */
  readonly firm: boolean;
}

/** What was found in one file, before anybody has said what counts. */
export interface FileFindings {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The plans of every runbook that uses this file were looked at: a silenced finding that only plans show would be among the findings. */
  readonly plansSeen: boolean;
  /** ShellCheck has read the scripts of the file. */
  readonly scriptsSeen: boolean;
}

export interface Judgement {
  /** In order of place; those about comments that silence among them. */
  readonly findings: readonly JudgedFinding[];
  /** How many findings a comment has silenced. */
  readonly suppressed: number;
}

/** Decides which findings of a file count, and how much. The editor and the command line both ask here, so that they say the same. */
export function judge(file: FileFindings, configuration: LintConfiguration): Judgement {
  const suppressions = suppressionsOf(file.text);
  const { silenced, findings: own } =
    suppressions.length === 0 ? { silenced: new Set<Diagnostic>(), findings: [] } : judgeSuppressions(suppressions, file);
  const findings: JudgedFinding[] = [];
  for (const diagnostic of [...file.diagnostics, ...own]) {
    const severity = silenced.has(diagnostic) ? undefined : severityOf(diagnostic, configuration);
    if (severity !== undefined) findings.push({ ...diagnostic, severity, firm: diagnostic.severity === 'error' });
  }
  if (own.length > 0) findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return { findings, suppressed: [...silenced].filter((diagnostic) => severityOf(diagnostic, configuration) !== undefined).length };
}

/** How grave a finding is for this team; undefined where it does not count. What the linter calls an error stays one. */
export function severityOf(
  { code, severity }: Pick<Diagnostic, 'code' | 'severity'>,
  configuration: LintConfiguration,
): Severity | undefined {
  if (severity === 'error') return 'error';
  const set = settingFor(code, configuration);
  if (set !== undefined) return set === 'off' ? undefined : set;
  switch (configuration.profile) {
    case 'minimal':
      return undefined;
    case 'default':
      return severity;
    case 'strict':
      return SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? severity;
  }
}

/** A setting for one rule of ShellCheck comes before one for all of them. */
function settingFor(code: string, { rules }: LintConfiguration): Severity | 'off' | undefined {
  const own = Object.hasOwn(rules, code) ? rules[code]?.severity : undefined;
  if (own !== undefined || ruleCard(code)?.subject !== 'scripts') return own;
  return Object.hasOwn(rules, 'shellcheck') ? rules['shellcheck']?.severity : undefined;
}
