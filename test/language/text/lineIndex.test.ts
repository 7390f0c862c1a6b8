import assert from 'node:assert/strict';
import { LineIndex } from '../../../src/language/index.js';

describe('lines', () => {
  const lines = new LineIndex('ab\nc\r\nd\re');

  it('end with LF, CRLF or CR', () => {
    assert.equal(lines.lineCount, 4);
    assert.deepEqual(
      [0, 2, 3, 6, 8].map((offset) => lines.position(offset)),
      [
        { line: 1, column: 1 },
        { line: 1, column: 3 },
        { line: 2, column: 1 },
        { line: 3, column: 1 },
        { line: 4, column: 1 },
      ],
    );
  });

  it('take offsets outside the text to its nearest end', () => {
    assert.deepEqual(lines.position(-5), { line: 1, column: 1 });
    assert.equal(lines.position(1000).line, 4);
    assert.equal(lines.lineStart(99), 8);
  });
});
