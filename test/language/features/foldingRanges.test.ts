import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

function folds(text: string): readonly string[] {
  return serviceOver({})
    .foldingRanges('/a.runbook.yaml', text)
    .map(({ start, end, kind }) => `${String(start)}-${String(end)} ${kind}`);
}

describe('folding ranges', () => {
  it('are keys, steps, blocks, brackets and comments that go over several lines', () => {
    const text = `# One
# two.
runbook: v1
inputs:
  target:
    type: version

  other: { type: string }
# alone
steps:
  - id: a
    run: |
      one
      two
  - {
      id: b,
      manual: x,
    }
`;
    assert.deepEqual(folds(text), [
      '1-2 comment',
      '4-8 region',
      '5-6 region',
      '10-18 region',
      '11-14 region',
      '12-14 region',
      '15-18 region',
    ]);
  });

  it('are there for broken text, and none for what is past every limit', () => {
    assert.deepEqual(folds('steps:\n  - id: a\n    rnu: [\n'), ['1-3 region', '2-3 region']);
    assert.deepEqual(folds('['.repeat(500)), []);
    assert.deepEqual(folds(''), []);
  });

  it('count lines that end with CRLF', () => {
    assert.deepEqual(folds('# a\r\n# b\r\nsteps:\r\n  - id: a\r\n    run: x\r\n'), ['1-2 comment', '3-5 region', '4-5 region']);
  });
});
