import assert from 'node:assert/strict';
import { formatFindings } from '../../src/cli/reporters/findings.js';
import type { FileFindings } from '../../src/cli/reporters/findings.js';
import { LineIndex } from '../../src/language/index.js';

const TEXT = 'runbook: v1\nid: x\n';

function findings(file: string, message: string, severity: 'error' | 'warning' = 'error'): FileFindings {
  return { file, lines: new LineIndex(TEXT), diagnostics: [{ code: 'some-rule', severity, range: { start: 12, end: 14 }, message }] };
}

describe('formatFindings', () => {
  it('writes a line that problem matchers read, and a summary', () => {
    assert.equal(
      formatFindings('pretty', [findings('a.runbook.yaml', 'it is wrong')], { color: false }),
      'a.runbook.yaml:2:1: error some-rule: it is wrong\n1 finding in 1 file.\n',
    );
  });

  it('says so when there is nothing', () => {
    assert.equal(
      formatFindings('pretty', [{ file: 'a', lines: new LineIndex(''), diagnostics: [] }], { color: false }),
      '1 file checked, nothing found.\n',
    );
    assert.equal(formatFindings('github', [{ file: 'a', lines: new LineIndex(''), diagnostics: [] }], { color: false }), '');
  });

  it('lets no file name or message write a line, a property or a workflow command of its own', () => {
    const hostile = findings('a,line=9:b\n::error::x.yaml', 'x%\r\n::add-mask::y');
    const text = formatFindings('github', [hostile], { color: false });
    assert.equal(
      text,
      '::error file=a%2Cline=9%3Ab%0A%3A%3Aerror%3A%3Ax.yaml,line=2,endLine=2,col=1,endColumn=3,title=some-rule::x%25%0D%0A::add-mask::y\n',
    );
    assert.doesNotMatch(formatFindings('pretty', [findings('\u001b[2Ja', 'b\u202e')], { color: false }), /[\u001b\u202e]/);
  });

  it('puts errors first for GitHub, which shows only the first ten', () => {
    const text = formatFindings('github', [findings('a', 'later', 'warning'), findings('b', 'first')], { color: false });
    assert.deepEqual(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
      ['::error', '::warning'],
    );
  });

  it('writes JSON with a version', () => {
    const parsed = JSON.parse(formatFindings('json', [findings('a', 'm')], { color: false })) as {
      format: number;
      findings: { line: number }[];
    };
    assert.equal(parsed.format, 1);
    assert.equal(parsed.findings[0]?.line, 2);
  });
});
