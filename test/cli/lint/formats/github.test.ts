import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatReport } from '../../../../src/cli/lint/formats/index.js';
import { visible } from '../../../../src/cli/reporters/visible.js';
import type { ReportedFinding } from '../../../../src/cli/lint/report.js';
import { readLog } from './readers/workflowCommands.js';
import { finding, hostileReport, PIPE, written } from './reports.js';

const numbered = (count: number, said: Partial<ReportedFinding>): readonly ReportedFinding[] =>
  Array.from({ length: count }, (_, index) => finding({ ...said, message: `${said.severity ?? 'error'} ${index + 1}` }));

describe('the github format', () => {
  it('has an annotation for each finding', () => {
    assert.equal(
      written('github', [finding()]),
      '::error file=a.runbook.yaml,line=2,endLine=2,col=5,endColumn=8,title=some-rule::it is wrong\n1 finding in 1 file: 1 error.\n',
    );
  });

  it('names columns only of what lies on one line', () => {
    const { commands } = readLog(written('github', [finding({ place: { line: 2, column: 5, endLine: 3, endColumn: 2 } })]));
    assert.deepEqual(commands[0]?.properties, { file: 'a.runbook.yaml', line: '2', endLine: '3', title: 'some-rule' });
  });

  it('puts errors before warnings before information, and changed lines first', () => {
    const { commands } = readLog(
      written('github', [
        finding({ severity: 'information', message: 'sixth', changed: true }),
        finding({ severity: 'warning', message: 'fourth', changed: false }),
        finding({ severity: 'warning', message: 'third', changed: true }),
        finding({ message: 'second', changed: false }),
        finding({ message: 'first', changed: true }),
        finding({ severity: 'warning', message: 'fifth', changed: false }),
      ]),
    );
    assert.deepEqual(
      commands.map(({ name, data }) => [name, data]),
      [
        ['error', 'first'],
        ['error', 'second'],
        ['warning', 'third'],
        ['warning', 'fourth'],
        ['warning', 'fifth'],
        ['notice', 'sixth'],
      ],
    );
  });

  it('keeps within ten of a kind, says how many are left out, and has them in the log', () => {
    const findings = [
      ...numbered(12, { severity: 'information' }),
      ...numbered(11, { severity: 'warning' }),
      ...numbered(13, { severity: 'error' }),
    ];
    const { commands, others } = readLog(written('github', findings));
    const kinds = (kind: string): number => commands.filter(({ name }) => name === kind).length;
    assert.deepEqual([kinds('error'), kinds('warning'), kinds('notice')], [10, 10, 10]);
    const notice = commands.find(({ properties }) => properties['file'] === undefined && properties['title'] !== undefined);
    assert.equal(
      notice?.data,
      '7 more findings without an annotation, because GitHub shows 10 of a kind. The log of this step has them all.',
    );
    const left = others.filter((line) => line.startsWith('a.runbook.yaml:2:5: '));
    assert.deepEqual(
      left.map((line) => line.split(': ').at(-1)),
      ['error 11', 'error 12', 'error 13', 'warning 11', 'information 10', 'information 11', 'information 12'],
    );
  });

  it('uses all ten when nothing is left out', () => {
    const { commands } = readLog(written('github', numbered(10, { severity: 'information' })));
    assert.equal(commands.length, 10);
  });

  it('reads back as what was meant, and as nothing else', () => {
    fc.assert(
      fc.property(hostileReport, ({ report, sources }) => {
        const { commands } = readLog(formatReport('github', report, { ...PIPE, sources }));
        const annotations = commands.filter(({ properties }) => properties['file'] !== undefined);
        const shown = (text: string): string => text.replaceAll(/[^\r\n]+/g, visible);
        const meant = report.findings.map(({ file, message, rule, place }) =>
          [shown(file), visible(message), rule, String(place.line), String(place.endLine)].join('\u0000'),
        );
        const read = annotations.map(({ properties, data }) =>
          [properties['file'], data, properties['title'], properties['line'], properties['endLine']].join('\u0000'),
        );
        const others = commands.length - annotations.length;
        assert.equal(others, annotations.length === report.findings.length ? 0 : 3);
        if (others === 0) assert.deepEqual(read.sort(), meant.sort());
        else assert.ok(read.every((one) => meant.includes(one)));
      }),
    );
  });
});
