import assert from 'node:assert/strict';
import { editBetween } from '../../../src/language/incremental/edit.js';
import { endOfItem } from '../../../src/language/incremental/itemLines.js';

describe('the edit between two texts', () => {
  const around = 'x'.repeat(5000);
  for (const [name, before, after] of [
    ['one letter', 'abc', 'abXc'],
    ['nothing', 'abc', 'abc'],
    ['everything', 'abc', ''],
    ['a repeated letter', 'aaa', 'aaaa'],
    ['a letter in a long text', `${around}b${around}`, `${around}bc${around}`],
    ['a part of a long text', around + around, around],
  ] as const) {
    it(`makes one of the other: ${name}`, () => {
      const { start, oldEnd, newEnd } = editBetween(before, after);
      assert.ok(start <= oldEnd && start <= newEnd && oldEnd <= before.length);
      assert.equal(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd), after);
      assert.ok(newEnd - start <= Math.max(1, after.length - before.length), 'and no more than that');
    });
  }
});

describe('the lines of an item', () => {
  const end = (text: string, indent: number): string => text.slice(0, endOfItem(text, 0, indent));
  it('end where a line is indented as its dash is', () => assert.equal(end('  - a: b\n    c: d\n  - e: f\n', 2), '  - a: b\n    c: d\n'));
  it('end where a line is indented less', () => assert.equal(end('  - a: b\nc: d\n', 2), '  - a: b\n'));
  it('hold blank lines and comments, wherever they begin', () => assert.equal(end('- a: |\n\n# c\n  b\n- e\n', 0), '- a: |\n\n# c\n  b\n'));
  it('go to the end of the text', () => assert.equal(end('- a: b\r\n\r\n  c: d', 0), '- a: b\r\n\r\n  c: d'));
});
