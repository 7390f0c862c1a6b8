import type { LintReport, Place, ReportedFinding } from '../report.js';
import type { FormatOptions } from './options.js';
import { plainJson } from './plainText.js';
import { SourceTexts } from './sourceTexts.js';
import { countsOf } from './summary.js';

/** For programs; `docs/lint-json.md` says what each key means. Names and texts are as they are, nothing is made visible. */
export function lintJson(report: LintReport, { sources }: FormatOptions): string {
  const texts = new SourceTexts(sources);
  return plainJson({
    format: 1,
    version: report.version,
    files: report.files,
    counts: countsOf(report),
    hidden: report.hidden,
    findings: report.findings.map((finding) => findingOf(finding, texts)),
  });
}

function findingOf(finding: ReportedFinding, texts: SourceTexts): object {
  const { file, place, severity, rule, message, fingerprint, changed, related, fix } = finding;
  return {
    file,
    ...placeOf(place),
    severity,
    rule,
    message,
    fingerprint,
    ...(changed === undefined ? {} : { changed }),
    related: related.map((other) => ({ file: other.file, ...placeOf(other.place), message: other.message })),
    ...(fix === undefined
      ? {}
      : { fix: { title: fix.title, guess: fix.guess ?? false, edits: fix.edits.map((edit) => editOf(file, edit, texts)) } }),
  };
}

function placeOf({ line, column, endLine, endColumn }: Place): object {
  return { line, column, end_line: endLine, end_column: endColumn };
}

function editOf(file: string, { range, text }: NonNullable<ReportedFinding['fix']>['edits'][number], texts: SourceTexts): object {
  const place = texts.place(file, range);
  return { start: range.start, end: range.end, ...(place === undefined ? {} : placeOf(place)), text };
}
