import assert from 'node:assert/strict';
import fc from 'fast-check';
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

  it('are after a replacement where they are in the text that comes of it', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n'), maxLength: 30 });
    fc.assert(
      fc.property(text, text, fc.nat(60), fc.nat(60), (before, by, one, other) => {
        const [start = 0, end = 0] = [one, other].map((at) => Math.min(at, before.length)).sort((a, b) => a - b);
        const made = new LineIndex(before).replaced({ start, end }, by);
        const anew = new LineIndex(before.slice(0, start) + by + before.slice(end));
        assert.equal(made.text, anew.text);
        assert.equal(made.lineCount, anew.lineCount);
        for (let line = 1; line <= anew.lineCount; line++) assert.equal(made.lineStart(line), anew.lineStart(line));
      }),
    );
  });
});
