import type { LintReport, ReportedFinding } from '../report.js';
import { visible } from '../../reporters/visible.js';
import type { FormatOptions } from './options.js';
import { findingLine } from './pretty.js';
import { plainFile, plainText, withoutCommands } from './plainText.js';
import { SEVERITIES } from './summary.js';

/**
 * JUnit's XML as Jenkins reads it: a suite for each file, a case for each finding. A case fails when the finding makes the command fail; others pass
 * with the finding as their output, and a file without a finding has one case that passes.
 * Source of the shape: `junit-10.xsd` of Jenkins' xUnit plugin.
 */
export function junitXml({ findings }: LintReport, { sources, failOn }: FormatOptions): string {
  const byFile = new Map<string, ReportedFinding[]>([...sources.keys()].map((file) => [file, []]));
  for (const finding of findings) {
    const found = byFile.get(finding.file);
    if (found === undefined) byFile.set(finding.file, [finding]);
    else found.push(finding);
  }
  const fails = ({ severity }: ReportedFinding): boolean => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
  const suites = [...byFile].map(([file, found]) => suiteOf(file, found, fails));
  const total = { tests: suites.reduce((sum, { tests }) => sum + tests, 0), failures: findings.filter(fails).length };
  const body = suites.map(({ xml }) => xml).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="runbook lint"${numbers(total)}>\n${body}</testsuites>\n`;
}

function suiteOf(
  file: string,
  found: readonly ReportedFinding[],
  fails: (finding: ReportedFinding) => boolean,
): { tests: number; xml: string } {
  const name = escaped(visible(file));
  const cases = found.map((finding) => caseOf(name, finding, fails(finding)));
  if (cases.length === 0) cases.push(`    <testcase classname="${name}" name="no findings"/>\n`);
  const total = { tests: cases.length, failures: found.filter(fails).length };
  return { tests: cases.length, xml: `  <testsuite name="${name}"${numbers(total)}>\n${cases.join('')}  </testsuite>\n` };
}

function numbers({ tests, failures }: { readonly tests: number; readonly failures: number }): string {
  return ` tests="${String(tests)}" failures="${String(failures)}" errors="0"`;
}

function caseOf(file: string, finding: ReportedFinding, failed: boolean): string {
  const { place, rule, severity, message } = finding;
  const name = escaped(visible(`${rule} at ${String(place.line)}:${String(place.column)}`));
  const text = escaped([findingLine(finding, { color: false }), ...finding.related.map(relatedLine)].join('\n'));
  const inside = failed
    ? `<failure type="${severity}" message="${escaped(visible(message))}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `    <testcase classname="${file}" name="${name}">\n      ${inside}\n    </testcase>\n`;
}

function relatedLine({ file, place, message }: ReportedFinding['related'][number]): string {
  return `${plainFile(file)}:${String(place.line)}:${String(place.column)}: ${plainText(message)}`;
}

/** Text in XML, between tags and in quotes. What XML 1.0 cannot hold at all was made visible before. */
function escaped(text: string): string {
  const markup = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return withoutCommands(markup, '&#35;');
}
