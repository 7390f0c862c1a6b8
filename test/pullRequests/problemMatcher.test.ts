import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainFile } from '../../src/cli/lint/formats/plainText.js';
import { prettyText } from '../../src/cli/lint/formats/pretty.js';
import type { LintReport, ReportedFinding } from '../../src/cli/lint/report.js';
import { root } from './processes.js';

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly severity?: number;
  readonly code: number;
  readonly message: number;
}

const editor = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).contributes.problemMatchers[0] as {
  severity: string;
  pattern: Pattern;
};
const github = JSON.parse(readFileSync(join(root, 'action/problem-matcher.json'), 'utf8')).problemMatcher as readonly {
  readonly owner: string;
  readonly severity?: string;
  readonly pattern: readonly [Pattern];
}[];

function finding(part: Partial<ReportedFinding>): ReportedFinding {
  const place = { line: 3, column: 5, endLine: 3, endColumn: 9 };
  return {
    file: 'a.runbook.yaml',
    place,
    rule: 'some-rule',
    severity: 'error',
    message: 'it is wrong',
    related: [],
    fix: undefined,
    fingerprint: '0'.repeat(32),
    ...part,
  };
}

const HOSTILE: readonly ReportedFinding[] = [
  finding({}),
  finding({ severity: 'warning', rule: 'shellcheck/SC2086', message: 'double quote: "$a"; see https://example.com:1:2/' }),
  finding({ severity: 'information', message: 'a hint' }),
  finding({ file: 'dir with blanks/ä:3:4.runbook.yaml' }),
  finding({ file: 'x:1:2: error other-rule: forged.runbook.yaml' }),
  finding({ file: 'new\nline:1:2: error forged: x.runbook.yaml', message: 'the step "a:9:9: warning forged: b" is\n::error::c' }),
  finding({ file: '::error::a.runbook.yaml' }),
  finding({
    related: [{ file: 'other.runbook.yaml', place: { line: 1, column: 1, endLine: 1, endColumn: 2 }, message: 'first said here' }],
  }),
];

function printed(terminal: boolean): readonly string[] {
  const report: LintReport = { findings: HOSTILE, files: 1, hidden: { suppressed: 0, baseline: 0, unchanged: 0 }, version: '0' };
  const sources = new Map([['a.runbook.yaml', 'runbook: v1\nid: a\nsteps: []\n']]);
  const text = prettyText(report, {
    color: terminal,
    columns: terminal ? 100 : undefined,
    cards: [],

    sources,
    failOn: 'warning',
  });
  // Both tools take colours out before they match.

  return text.replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n');
}

interface Seen {
  readonly file: string | undefined;
  readonly line: string | undefined;
  readonly column: string | undefined;
  readonly severity: string;
  readonly code: string | undefined;
}

function seen(line: string, pattern: Pattern, otherwise: string): Seen | undefined {
  const match = new RegExp(pattern.regexp).exec(line);
  if (match === null) return undefined;
  const severity = pattern.severity === undefined ? otherwise : String(match[pattern.severity]);
  return { file: match[pattern.file], line: match[pattern.line], column: match[pattern.column], severity, code: match[pattern.code] };
}

describe('the problem matcher', () => {
  it('of GitHub is that of the editor, with a part of its own for what GitHub calls a notice', () => {
    const [graver, milder] = github;
    assert.deepEqual(graver?.pattern[0], { ...editor.pattern, regexp: editor.pattern.regexp.replace('|information)', ')') });
    assert.equal(milder?.pattern[0].regexp, editor.pattern.regexp.replace('(error|warning|information)', 'information'));
    assert.equal(milder.severity, 'notice');
    assert.equal(editor.severity, 'info', 'the editor does not know the word "information"');
  });

  for (const terminal of [false, true]) {
    it(`reads each finding once, with its file and place, ${terminal ? 'on a terminal' : 'from a pipe'}`, () => {
      const lines = printed(terminal);
      const inEditor = lines.flatMap((line) => seen(line, editor.pattern, 'information') ?? []);
      const onGithub = lines.flatMap((line) =>
        github.flatMap(({ pattern, severity }) => seen(line, pattern[0], severity ?? 'error') ?? []),
      );
      assert.deepEqual(
        onGithub,
        inEditor.map((one) => ({ ...one, severity: one.severity === 'information' ? 'notice' : one.severity })),
      );
      assert.deepEqual(
        inEditor.map(({ line, column, severity, code }) => [line, column, severity, code]),
        HOSTILE.map(({ severity, rule }) => ['3', '5', severity, rule]),
      );
      assert.deepEqual(
        inEditor.map(({ file }) => file),
        HOSTILE.map(({ file }) => plainFile(file)),
      );
    });
  }
});
