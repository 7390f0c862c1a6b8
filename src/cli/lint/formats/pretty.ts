import type { Severity } from '../../../language/index.js';
import { paint } from '../../io.js';
import type { LintReport, Place, ReportedFinding } from '../report.js';
import { excerptOf } from './excerpt.js';
import type { FormatOptions } from './options.js';
import { plainFile, plainText } from './plainText.js';
import { SourceTexts } from './sourceTexts.js';
import { summaryOf } from './summary.js';

const COLORS = { error: 'red', warning: 'yellow', information: 'blue' } as const;

/** What one line says of a finding. */
export interface FindingLine {
  readonly file: string;
  readonly place: Pick<Place, 'line' | 'column'>;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** For people: a line for each finding and a summary; on a terminal also the line of the source, other places that matter, and the mend. */
export function prettyText(report: LintReport, options: FormatOptions): string {
  const onTerminal = options.color || options.columns !== undefined;
  const texts = new SourceTexts(options.sources);
  const lines = report.findings.flatMap((finding) => [
    findingLine(finding, options),
    ...(onTerminal ? details(finding, texts, options) : []),
  ]);
  const summary = plainText(summaryOf(report));
  lines.push(report.findings.length === 0 ? paint(options, 'green', summary) : summary);
  return `${lines.join('\n')}\n`;
}

/** `file:line:column: severity rule: message`: the shape that problem matchers read. */
export function findingLine({ file, place, rule, severity, message }: FindingLine, look: Pick<FormatOptions, 'color'>): string {
  const where = `${plainFile(file)}:${String(place.line)}:${String(place.column)}`;
  return `${where}: ${paint(look, COLORS[severity], severity)} ${plainText(rule)}: ${plainText(message)}`;
}

function details(finding: ReportedFinding, texts: SourceTexts, options: FormatOptions): readonly string[] {
  const { file, place, related, fix, severity } = finding;
  const margin = ' '.repeat(String(place.line).length + 1);
  const notes = [
    ...related.map((other) => {
      const where = `${plainFile(other.file)}:${String(other.place.line)}:${String(other.place.column)}`;
      return `${margin} ${paint(options, 'dim', '=')} ${where}: ${plainText(other.message)}`;
    }),
    ...(fix === undefined
      ? []
      : [`${margin} ${paint(options, 'dim', '=')} ${fix.guess === true ? 'perhaps' : '--fix can'}: ${plainText(fix.title)}`]),
  ];
  const source = texts.line(file, place.line);
  if (source === undefined) return notes;
  const end = place.endLine > place.line ? source.length + 1 : place.endColumn;
  const { text, marks } = excerptOf(source, place.column, end, widthOf(options) - margin.length - 3);
  const bar = paint(options, 'dim', '|');
  return [` ${String(place.line)} ${bar} ${text}`, `${margin} ${bar} ${paint(options, COLORS[severity], marks)}`, ...notes].map((line) =>
    line.trimEnd(),
  );
}

/** Some terminals say that they have no columns at all. */
function widthOf({ columns = 0 }: FormatOptions): number {
  return columns > 0 ? columns : 120;
}
