import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { formatReport } from '../../../../src/cli/lint/formats/index.js';
import { finding, hostileReport, PIPE, reportOf } from './reports.js';

const sources = new Map([['a.runbook.yaml', 'runbook: v1\nid: wrong\n']]);
const full = reportOf(
  [
    finding({
      place: { line: 2, column: 5, endLine: 2, endColumn: 10 },
      changed: true,
      related: [{ file: 'b.yaml', place: { line: 1, column: 1, endLine: 1, endColumn: 4 }, message: 'defined here' }],
      fix: { title: 'write "right"', edits: [{ range: { start: 16, end: 21 }, text: 'right' }] },
    }),
  ],
  { files: 4, hidden: { suppressed: 1, baseline: 2, unchanged: 3 } },
);

/** Every key of a value, with its way: `findings[].file`. */
function keysOf(value: unknown, way = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((member) => keysOf(member, `${way}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const name = way === '' ? key : `${way}.${key}`;
    return [name, ...keysOf(member, name)];
  });
}

describe('the json format', () => {
  it('has everything that is known', () => {
    assert.deepEqual(JSON.parse(formatReport('json', full, { ...PIPE, sources })), {
      format: 1,
      version: '1.2.3',
      files: 4,
      counts: { error: 1, warning: 0, information: 0 },
      hidden: { suppressed: 1, baseline: 2, unchanged: 3 },
      findings: [
        {
          file: 'a.runbook.yaml',
          line: 2,
          column: 5,
          end_line: 2,
          end_column: 10,
          severity: 'error',
          rule: 'some-rule',
          message: 'it is wrong',
          fingerprint: '0123456789abcdef0123456789abcdef',
          changed: true,
          related: [{ file: 'b.yaml', line: 1, column: 1, end_line: 1, end_column: 4, message: 'defined here' }],
          fix: {
            title: 'write "right"',
            guess: false,
            edits: [{ start: 16, end: 21, line: 2, column: 5, end_line: 2, end_column: 10, text: 'right' }],
          },
        },
      ],
    });
  });

  it('leaves out what does not apply', () => {
    const parsed = JSON.parse(formatReport('json', reportOf([finding()]), PIPE)) as { findings: object[] };
    assert.deepEqual(
      Object.keys(parsed.findings[0] ?? {}).filter((key) => ['changed', 'fix'].includes(key)),
      [],
    );
  });

  it('has the keys that its page describes, and no others', () => {
    const page = readFileSync('docs/lint-json.md', 'utf8');
    const described = [...page.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell]) =>
      [...(cell as string).matchAll(/`([^`]+)`/g)].map(([, key]) => key),
    );
    const written = new Set(keysOf(JSON.parse(formatReport('json', full, { ...PIPE, sources }))));
    assert.deepEqual([...written].sort(), [...new Set(described)].sort());
  });

  it('reads back as what was meant, whatever it is', () => {
    fc.assert(
      fc.property(hostileReport, ({ report, sources: texts }) => {
        const parsed = JSON.parse(formatReport('json', report, { ...PIPE, sources: texts })) as {
          findings: { file: string; message: string; related: { file: string; message: string }[]; fix?: { edits: { text: string }[] } }[];
        };
        assert.deepEqual(
          parsed.findings.map(({ file, message, related, fix }) => [
            file,
            message,
            related.map((one) => [one.file, one.message]),
            fix?.edits[0]?.text,
          ]),
          report.findings.map(({ file, message, related, fix }) => [
            file,
            message,
            related.map((one) => [one.file, one.message]),
            fix?.edits[0]?.text,
          ]),
        );
      }),
    );
  });
});
