import type { Diagnostic, LineIndex } from '../../language/index.js';
import { paint } from '../io.js';
import type { Io } from '../io.js';

export const FORMATS = ['pretty', 'json', 'github'] as const;
export type FindingFormat = (typeof FORMATS)[number];

/** What was found in one file; `file` is relative to where the command was called. */
export interface FileFindings {
  readonly file: string;
  readonly lines: LineIndex;
  readonly diagnostics: readonly Diagnostic[];
}

/** Text of all findings in one of the formats. */
export function formatFindings(format: FindingFormat, findings: readonly FileFindings[], io: Pick<Io, 'color'>): string {
  switch (format) {
    case 'pretty':
      return pretty(findings, io);
    case 'json':
      return json(findings);
    case 'github':
      return github(findings);
  }
}

/** `file:line:column: severity code: message`, the shape problem matchers read, and a summary. */
function pretty(findings: readonly FileFindings[], io: Pick<Io, 'color'>): string {
  const lines: string[] = [];
  for (const { file, diagnostic, line, column } of places(findings)) {
    const severity = paint(
      io,
      diagnostic.severity === 'error' ? 'red' : diagnostic.severity === 'warning' ? 'yellow' : 'blue',
      diagnostic.severity,
    );
    lines.push(`${visible(file)}:${String(line)}:${String(column)}: ${severity} ${diagnostic.code}: ${visible(diagnostic.message)}`);
  }
  const count = lines.length;
  const files = `${String(findings.length)} ${findings.length === 1 ? 'file' : 'files'}`;
  lines.push(
    count === 0
      ? paint(io, 'green', `${files} checked, nothing found.`)
      : `${String(count)} ${count === 1 ? 'finding' : 'findings'} in ${files}.`,
  );
  return lines.join('\n') + '\n';
}

function json(findings: readonly FileFindings[]): string {
  const list = [...places(findings)].map(({ file, diagnostic, line, column, endLine, endColumn }) => ({
    file,
    line,
    column,
    end_line: endLine,
    end_column: endColumn,
    severity: diagnostic.severity,
    code: diagnostic.code,
    message: diagnostic.message,
  }));
  return JSON.stringify({ format: 1, files: findings.length, findings: list }, null, 2) + '\n';
}

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice' } as const;

/** Workflow commands; errors first, because only the first ten of each kind are shown. */
function github(findings: readonly FileFindings[]): string {
  const rank = { error: 0, warning: 1, information: 2 };
  return [...places(findings)]
    .sort((a, b) => rank[a.diagnostic.severity] - rank[b.diagnostic.severity])
    .map(({ file, diagnostic, line, column, endLine, endColumn }) => {
      const place = `file=${property(file)},line=${String(line)},endLine=${String(endLine)},col=${String(column)},endColumn=${String(endColumn)}`;
      return `::${COMMANDS[diagnostic.severity]} ${place},title=${property(diagnostic.code)}::${data(diagnostic.message)}\n`;
    })
    .join('');
}

function* places(
  findings: readonly FileFindings[],
): Generator<{ file: string; diagnostic: Diagnostic; line: number; column: number; endLine: number; endColumn: number }> {
  for (const { file, lines, diagnostics } of findings) {
    for (const diagnostic of diagnostics) {
      const start = lines.position(diagnostic.range.start);
      const end = lines.position(diagnostic.range.end);
      yield { file, diagnostic, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
    }
  }
}

/** Escapes of GitHub's workflow commands: data, and properties, which end at `,` and `:`. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Control characters, and those that turn the direction of text, as visible escapes: a file name must not move the cursor. */
export function visible(text: string): string {
  return text.replaceAll(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
