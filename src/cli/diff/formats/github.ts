import { many } from '../../lint/formats/summary.js';
import { commandFile, commandText, commandValue } from '../../lint/formats/workflowCommand.js';
import { visible } from '../../reporters/visible.js';
import type { DiffReport, DocumentDifference, ReportedChange } from '../report.js';
import { diffText } from './pretty.js';

/** GitHub shows no more than so many annotations of a kind of one step, and drops the others without a word. */
const MOST_OF_A_KIND = 10;

/**
 * Annotations on the lines of the new text, what the policy minds as errors, then the rest that is not harmless as warnings; and the same text as for
 * people in a group of the log, which has everything.
 */
export function diffGithub(report: DiffReport): string {
  const all = report.documents.flatMap(({ changes, title }) => changes.map((change) => ({ change, title })));
  const errors = all.filter(({ change }) => change.minded);
  const warnings = all.filter(({ change }) => !change.minded && change.danger !== 'harmless');
  const shown = [...errors.slice(0, MOST_OF_A_KIND), ...warnings.slice(0, MOST_OF_A_KIND)];
  const missing = errors.length + warnings.length - shown.length;
  const notice = `${many(missing, 'more change')} without an annotation, because GitHub shows ${String(MOST_OF_A_KIND)} of a kind. The log of this step has them all.`;
  const lines = [
    ...shown.map(({ change, title }) => annotation(change, title)),
    ...(missing === 0 ? [] : [`::notice title=runbook diff::${commandText(notice)}`]),
    '::group::runbook diff',
  ];
  return `${lines.join('\n')}\n${diffText(report, { color: false })}::endgroup::\n`;
}

/** What is gone from a deleted file has no line to stand on: the annotation is about the step as a whole. */
function annotation({ kind, what, minded, now }: ReportedChange, title: DocumentDifference['title']): string {
  const place = now === undefined ? [] : [`file=${commandFile(now.file)}`, `line=${String(now.line)}`, `endLine=${String(now.endLine)}`];
  const heading = commandValue(visible(`${kind}: ${title}`));
  return `::${minded ? 'error' : 'warning'} ${[...place, `title=${heading}`].join(',')}::${commandText(visible(what))}`;
}
