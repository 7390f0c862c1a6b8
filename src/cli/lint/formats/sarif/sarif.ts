import type { LintReport, Place, ReportedFinding } from '../../report.js';
import type { FormatOptions } from '../options.js';
import { plainJson } from '../plainText.js';
import { SourceTexts } from '../sourceTexts.js';
import { messageOf } from './message.js';
import { LEVELS, ruleDescriptors } from './rules.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Name of the folder that file names are relative to; each reader of the log knows its own. */
const ROOT = 'SRCROOT';

/**
 * SARIF 2.1.0, for code scanning and editors.
 * Source of the format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(report: LintReport, options: FormatOptions): string {
  const texts = new SourceTexts(options.sources);
  const rules = ruleDescriptors(report.findings, options.cards);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const run = {
    tool: { driver: { name: 'runbook lint', version: report.version, semanticVersion: report.version, rules } },
    invocations: [{ executionSuccessful: true }],
    originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that the command was called in.' } } },
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    results: report.findings.map((finding) => resultOf(finding, indexes.get(finding.rule) as number, texts)),
  };
  return plainJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
}

function resultOf(finding: ReportedFinding, ruleIndex: number, texts: SourceTexts): object {
  const { file, place, rule, severity, message, related, fix, fingerprint } = finding;
  const fixes = fix === undefined ? undefined : fixOf(file, fix, texts);
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: messageOf(message),
    locations: [locationOf(file, place, texts)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id,
            ...locationOf(other.file, other.place, texts),
            message: messageOf(other.message),
          })),
        }),
    partialFingerprints: { 'runbookLint/v1': fingerprint },
    ...(fixes === undefined ? {} : { fixes: [fixes] }),
  };
}

function locationOf(file: string, place: Place, texts: SourceTexts): object {
  return { physicalLocation: { artifactLocation: artifactOf(file), region: regionOf(file, place, texts) } };
}

/** A relative reference in which every name is encoded, so that no name reads as a scheme, a query or a step upwards. */
function artifactOf(file: string): object {
  const uri = file
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { uri, uriBaseId: ROOT };
}

/** In SARIF a byte order mark is not part of the text. */
function regionOf(file: string, { line, column, endLine, endColumn }: Place, texts: SourceTexts): object {
  const mark = texts.hasMark(file) ? 1 : 0;
  const counted = (atLine: number, atColumn: number): number => (atLine === 1 ? Math.max(1, atColumn - mark) : atColumn);
  return { startLine: line, startColumn: counted(line, column), endLine, endColumn: counted(endLine, endColumn) };
}

/** The mend; undefined where the text it changes is not at hand. */
function fixOf(file: string, { title, edits }: NonNullable<ReportedFinding['fix']>, texts: SourceTexts): object | undefined {
  const replacements: object[] = [];
  for (const { range, text } of edits) {
    const place = texts.place(file, range);
    if (place === undefined) return undefined;
    replacements.push({ deletedRegion: regionOf(file, place, texts), ...(text === '' ? {} : { insertedContent: { text } }) });
  }
  return { description: messageOf(title), artifactChanges: [{ artifactLocation: artifactOf(file), replacements }] };
}
