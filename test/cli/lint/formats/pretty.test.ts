import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { formatReport } from '../../../../src/cli/lint/formats/index.js';
import { plainText } from '../../../../src/cli/lint/formats/plainText.js';
import { finding, hostileFile, hostileReport, hostileText, PIPE, reportOf, written } from './reports.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { problemMatchers: { pattern: { regexp: string } }[] };
};
const matcher = new RegExp(manifest.contributes.problemMatchers[0]?.pattern.regexp ?? '$^');
const TERMINAL = { ...PIPE, columns: 80 };

describe('the pretty format', () => {
  it('has a line for each finding, which problem matchers read, and a summary', () => {
    assert.equal(
      written('pretty', [finding(), finding({ severity: 'warning', message: 'it looks wrong' })]),
      'a.runbook.yaml:2:5: error some-rule: it is wrong\n' +
        'a.runbook.yaml:2:5: warning some-rule: it looks wrong\n' +
        '2 findings in 1 file: 1 error, 1 warning.\n',
    );
  });

  it('says so when there is nothing', () => {
    assert.equal(formatReport('pretty', reportOf([], { files: 3 }), PIPE), '3 files checked, nothing found.\n');
  });

  it('counts what is not shown, by reason', () => {
    const hidden = { suppressed: 2, baseline: 1, unchanged: 3 };
    assert.equal(
      formatReport('pretty', reportOf([], { files: 1, hidden }), PIPE),
      '1 file checked, nothing found. Not shown: 2 suppressed by comments, 1 known from the baseline, 3 on lines that have not changed.\n',
    );
  });

  it('shows the source on a terminal, with what else matters', () => {
    const sources = new Map([['a.runbook.yaml', 'runbook: v1\nid: \twrong # 漢字\n']]);
    const one = finding({
      place: { line: 2, column: 6, endLine: 2, endColumn: 11 },
      related: [{ file: 'b.yaml', place: finding().place, message: 'defined here' }],
      fix: { title: 'write "right"', edits: [] },
    });
    assert.equal(
      formatReport('pretty', reportOf([one]), { ...TERMINAL, sources }),
      [
        'a.runbook.yaml:2:6: error some-rule: it is wrong',
        ' 2 | id:   wrong # 漢字',
        '   |       ^^^^^',
        '   = b.yaml:2:5: defined here',
        '   = --fix can: write "right"',
        '1 finding in 1 file: 1 error.',
        '',
      ].join('\n'),
    );
  });

  it('takes a terminal for wide that does not say how wide it is', () => {
    const source = `key: ${'x'.repeat(60)}`;
    const text = written('pretty', [finding()], { columns: 0, sources: new Map([['a.runbook.yaml', `\n${source}`]]) });
    assert.equal(text.split('\n')[1], ` 2 | ${source}`);
  });

  it('paints where colours are wanted, and only there', () => {
    const options = { ...TERMINAL, sources: new Map([['a.runbook.yaml', '\nabcdefghij\n']]) };
    const plain = formatReport('pretty', reportOf([finding()]), options);
    const painted = formatReport('pretty', reportOf([finding()]), { ...options, color: true });
    assert.match(painted, /\u001b\[31merror\u001b\[0m some-rule/);
    assert.equal(painted.replaceAll(/\u001b\[\d+m/g, ''), plain);
  });

  it('says on one line, for a problem matcher, what was found, whatever it holds', () => {
    fc.assert(
      fc.property(hostileFile, hostileText, (file, message) => {
        const [line, ...rest] = written('pretty', [finding({ file, message })]).split('\n');
        assert.equal(rest.length, 2);
        const match = matcher.exec(line as string);
        const shown = plainText(file);
        assert.ok(match?.[1] === shown || match?.[1] === `./${shown}`, line);
        assert.deepEqual(match.slice(2), ['2', '5', 'error', 'some-rule', plainText(message)]);
      }),
    );
  });

  it('adds no line on a terminal that a problem matcher reads', () => {
    fc.assert(
      fc.property(hostileReport, ({ report, sources }) => {
        const lines = formatReport('pretty', report, { ...TERMINAL, sources }).split('\n');
        assert.equal(lines.filter((line) => matcher.test(line)).length, report.findings.length);
      }),
    );
  });
});
