import fc from 'fast-check';
import { formatReport } from '../../../../src/cli/lint/formats/index.js';
import type { FormatOptions, LintFormat } from '../../../../src/cli/lint/formats/index.js';
import type { LintReport, ReportedFinding } from '../../../../src/cli/lint/report.js';
import { LineIndex } from '../../../../src/language/index.js';
import type { RuleCard } from '../../../../src/review/index.js';

/** A finding in the second line of a file, but for what is said otherwise. */
export function finding(said: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    file: 'a.runbook.yaml',
    place: { line: 2, column: 5, endLine: 2, endColumn: 8 },
    rule: 'some-rule',
    severity: 'error',
    message: 'it is wrong',
    related: [],
    fix: undefined,
    fingerprint: '0123456789abcdef0123456789abcdef',
    ...said,
  };
}

export function reportOf(findings: readonly ReportedFinding[], said: Partial<LintReport> = {}): LintReport {
  const files = new Set(findings.map(({ file }) => file)).size;
  return { findings, files, hidden: { suppressed: 0, baseline: 0, unchanged: 0 }, version: '1.2.3', ...said };
}

export const CARDS: readonly RuleCard[] = [
  {
    id: 'some-rule',
    family: 'correctness',
    severity: 'error',
    rationale: 'What is wrong stays wrong.',
    cites: ['capability 3'],
    options: [],
    subject: 'runbooks',
  },
  {
    id: 'too-many-things',
    family: 'security',
    severity: 'warning',
    rationale: 'Nobody reads as many.',
    cites: ['threat T4'],
    options: [{ name: 'most', description: 'how many things there may be', default: 7, minimum: 1 }],
    subject: 'inventories',
  },
  { id: 'shellcheck', family: 'portability', severity: 'warning', rationale: 'Shells differ.', cites: [], options: [], subject: 'scripts' },
];

/** What a pipe gets. */
export const PIPE: FormatOptions = {
  color: false,
  columns: undefined,
  cards: CARDS,
  sources: new Map(),
  failOn: 'warning',
};

/** A report as a format writes it into a pipe. */
export function written(format: LintFormat, findings: readonly ReportedFinding[], options: Partial<FormatOptions> = {}): string {
  return formatReport(format, reportOf(findings), { ...PIPE, ...options });
}

/** Pieces that mean something to one of the readers, or to a terminal. */
const PIECES = [
  ...['::error ', '::', '::set-output name=a::b', '%0A', '%25', '%', ',', '=', '##[error]', '##[add-mask]x', '##vso[task.complete]'],
  ...['#\u0301#[error]', '\n', '\r', '\r\n', '\t', '\u001b[31m', '\u001b]0;x\u0007', '\u009b2J', '\u0000', '\u0085', '\u2028', '\u202e'],
  ...[
    '\u2066',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\ud800',
    '\udfff',
    '\ufffe',
    '\uffff',
    '|',
    '`',
    '``',
    '```',
    '*a*',
    '_a_',
    '[a](b)',
    '![a](b)',
  ],
  ...[
    '](1)',
    '\\](1)',
    '<script>',
    '</testcase>',
    ']]>',
    '<!--',
    '&amp;',
    '&#10;',
    '"',
    "'",
    '\\',
    '{0}',
    '{',
    '}',
    '${{ inputs.a }}',
    '$a$',
  ],
  ...[
    '@team',
    '#12',
    'org/repo#3',
    'https://example.com',
    'www.example.com',
    ':heart:',
    'deadbeef1',
    'GH-1',
    'a@example.com',
    '~~a~~',
    '# a',
  ],
  ...[':3:4: error b: c', '- ', '1. ', '> ', '    ', ' ', 'ü', '漢字', '👩‍💻', 'e\u0301', 'file.yaml', '..', '/', '//', '?', '#', 'C:'],
] as const;

/** Texts that try to be something else than text. */
export const hostileText = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 8 })
  .map((pieces) => pieces.join(''));

/** Names that a file system can hold: no NUL, and read as UTF-8. */
export const hostileFile = hostileText
  .map((text) => Buffer.from(text.replaceAll('\u0000', ''), 'utf8').toString('utf8'))
  .map((name) => name.replace(/^\/+/, '') || 'x');

/** A file with its text and some findings at places that it has. */
export const hostileReport = fc
  .uniqueArray(fc.tuple(hostileFile, hostileText, fc.array(hostileFinding(), { maxLength: 6 })), {
    maxLength: 5,
    selector: ([file]) => file,
  })
  .map((files) => {
    const sources = new Map(files.map(([file, text]) => [file, text]));
    const findings = files.flatMap(([file, text, found]) => found.map((made) => made(file, text)));
    const numbered = findings.map((one, index) => ({ ...one, fingerprint: index.toString(16).padStart(32, '0') }));
    return { report: reportOf(numbered, { files: files.length }), sources };
  });

/** A finding that waits for its file. */
function hostileFinding(): fc.Arbitrary<(file: string, text: string) => ReportedFinding> {
  return fc
    .record({
      from: fc.nat(20),
      length: fc.nat(20),
      rule: fc.constantFrom('some-rule', 'too-many-things', 'shellcheck/SC2086', 'unknown-rule'),
      severity: fc.constantFrom('error', 'warning', 'information'),
      message: hostileText,
      related: fc.array(fc.tuple(hostileFile, hostileText), { maxLength: 2 }),
      fixed: fc.option(fc.tuple(hostileText, hostileText)),
      changed: fc.option(fc.boolean()),
    })
    .map(({ from, length, fixed, related, changed, ...said }) => (file, text) => {
      const range = { start: Math.min(from, text.length), end: Math.min(from + length, text.length) };
      const lines = new LineIndex(text);
      const [start, end] = [lines.position(range.start), lines.position(range.end)];
      return finding({
        ...said,
        file,
        place: { line: start.line, column: start.column, endLine: end.line, endColumn: end.column },
        related: related.map(([other, message]) => ({ file: other, place: finding().place, message })),
        fix: fixed === null ? undefined : { title: fixed[0], edits: [{ range, text: fixed[1] }] },
        ...(changed === null ? {} : { changed }),
      });
    });
}
