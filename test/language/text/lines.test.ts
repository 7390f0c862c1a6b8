import assert from 'node:assert/strict';
import { columnOf, lineStart } from '../../../src/language/text/lines.js';

describe('the beginning of a line', () => {
  it('is behind the line break before it, of whichever kind', () => {
    const text = 'ab\ncd\r\nef\rgh';
    const starts = [...text, ''].map((_, offset) => lineStart(text, offset));
    assert.deepEqual(starts, [0, 0, 0, 3, 3, 3, 6, 7, 7, 7, 10, 10, 10]);
    assert.equal(columnOf(text, text.length), 2);
  });

  it('is the beginning of the text at its first offset, even where a line break stands there', () => {
    assert.equal(lineStart('\na', 0), 0);
    assert.equal(columnOf('\r\na', 0), 0);
    assert.equal(columnOf('\r\na', 2), 0);
  });
});
