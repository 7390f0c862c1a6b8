import type { Severity } from '../../../language/index.js';
import type { LintReport, ReportedFinding } from '../report.js';
import { visible } from '../../reporters/visible.js';
import { commandFile, commandText, commandValue } from './workflowCommand.js';
import { plainText } from './plainText.js';
import { findingLine } from './pretty.js';
import { many, SEVERITIES, summaryOf } from './summary.js';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice' };

/** GitHub shows no more than so many annotations of a kind of one step, and drops the others without a word. */
const MOST_OF_A_KIND = 10;

/**
 * GitHub's workflow commands: an annotation for each finding, errors and changed lines first, as many as GitHub shows. The others stand in a group of
 * the log, and a notice says so.
 * Source of the syntax: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubCommands(report: LintReport): string {
  const ordered = [...report.findings].sort((a, b) => rankOf(a) - rankOf(b));
  const all = annotated(ordered, MOST_OF_A_KIND);
  // The notice about what is left out is an annotation too.
  const shown = all.length === ordered.length ? all : annotated(ordered, MOST_OF_A_KIND - 1, all);
  const chosen = new Set(shown);
  const rest = ordered.filter((finding) => !chosen.has(finding));
  return [...shown.map(annotation), ...leftOut(rest), plainText(summaryOf(report))].map((line) => `${line}\n`).join('');
}

function rankOf({ severity, changed }: ReportedFinding): number {
  return SEVERITIES.indexOf(severity) * 2 + (changed === false ? 1 : 0);
}

/** The first of each kind; `notices`: how many of the least. */
function annotated(ordered: readonly ReportedFinding[], notices: number, from = ordered): readonly ReportedFinding[] {
  return SEVERITIES.flatMap((severity) =>
    from.filter((finding) => finding.severity === severity).slice(0, severity === 'information' ? notices : MOST_OF_A_KIND),
  );
}

function annotation({ file, place, rule, severity, message }: ReportedFinding): string {
  const { line, column, endLine, endColumn } = place;
  // GitHub takes columns only of what lies on one line.
  const columns = line === endLine ? `,col=${String(column)},endColumn=${String(endColumn)}` : '';
  const properties = `file=${commandFile(file)},line=${String(line)},endLine=${String(endLine)}${columns},title=${commandValue(visible(rule))}`;
  return `::${COMMANDS[severity]} ${properties}::${commandText(visible(message))}`;
}

function leftOut(rest: readonly ReportedFinding[]): readonly string[] {
  if (rest.length === 0) return [];
  const more = `${many(rest.length, 'more finding')} without an annotation, because GitHub shows ${String(MOST_OF_A_KIND)} of a kind`;
  return [
    `::notice title=runbook lint::${commandText(`${more}. The log of this step has them all.`)}`,
    `::group::${commandText(more)}`,
    ...rest.map((finding) => findingLine(finding, { color: false })),
    '::endgroup::',
  ];
}
