import assert from 'node:assert/strict';
import { withCursor } from '../../support/language/cursor.js';
import { serviceOver } from '../../support/language/service.js';

function grown(marked: string): readonly string[] {
  const { text, offset } = withCursor(marked);
  const ranges = serviceOver({}).selectionRanges('/a.runbook.yaml', text, offset);
  for (const [index, range] of ranges.entries()) {
    const outer = ranges[index + 1];
    assert.ok(range.start <= offset && offset <= range.end);
    assert.ok(outer === undefined || (outer.start <= range.start && range.end <= outer.end));
  }
  return ranges.map(({ start, end }) => text.slice(start, end));
}

describe('selection ranges', () => {
  it('grow from a name in an expression to the whole file', () => {
    const text = 'steps:\n  - title: "To ${{ inputs.target }} now"\n    run: x\n';
    assert.deepEqual(grown(text.replace('target', 'tar|get')), [
      'target',
      'inputs.target',
      '${{ inputs.target }}',
      'To ${{ inputs.target }} now',
      '"To ${{ inputs.target }} now"',
      'title: "To ${{ inputs.target }} now"',
      'title: "To ${{ inputs.target }} now"\n    run: x',
      '- title: "To ${{ inputs.target }} now"\n    run: x',
      'steps:\n  - title: "To ${{ inputs.target }} now"\n    run: x',
      text,
    ]);
  });

  it('take the line of a block before the block, and a key before its value', () => {
    assert.deepEqual(grown('run: |\n  one two\n  th|ree four\n').slice(0, 3), ['three', 'three four', '|\n  one two\n  three four']);
    assert.deepEqual(grown('a: { b|b: 1, cc: 2 }\n').slice(0, 3), ['bb', 'bb: 1', '{ bb: 1, cc: 2 }']);
    assert.deepEqual(grown('when: inputs.a && facts.b|\n').slice(0, 4), [
      'b',
      'facts.b',
      'inputs.a && facts.b',
      'when: inputs.a && facts.b',
    ]);
  });

  it('are at least the whole of a broken or empty text', () => {
    assert.deepEqual(grown('|'), ['']);
    assert.equal(grown('steps:\n  - id: a|\n    rnu: [\n').at(-1), 'steps:\n  - id: a\n    rnu: [\n');
  });
});
