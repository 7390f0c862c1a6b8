import assert from 'node:assert/strict';
import fc from 'fast-check';
import { excerptOf } from '../../../../src/cli/lint/formats/excerpt.js';
import { hostileText } from './reports.js';

describe('the excerpt of a line', () => {
  it('stands under what is marked, by columns of a terminal', () => {
    assert.deepEqual(excerptOf('key: value', 6, 11, 40), { text: 'key: value', marks: '     ^^^^^' });
    assert.deepEqual(excerptOf('漢字: x', 5, 6, 40), { text: '漢字: x', marks: '      ^' });
    assert.deepEqual(excerptOf('e\u0301\t👍 x', 6, 7, 40), { text: 'e\u0301  👍 x', marks: '     ^' });
    assert.deepEqual(excerptOf('a\u001bb', 2, 3, 40), { text: 'a\\u001bb', marks: ' ^^^^^^' });
  });

  it('marks one column where nothing stands', () => {
    assert.deepEqual(excerptOf('key:', 5, 5, 40), { text: 'key:', marks: '    ^' });
    assert.deepEqual(excerptOf('', 1, 1, 40), { text: '', marks: '^' });
    assert.deepEqual(excerptOf('key:', 9, 9, 40), { text: 'key:', marks: '    ^' });
  });

  it('shows what surrounds the mark of a long line', () => {
    const line = `${'a'.repeat(100)}HERE${'b'.repeat(100)}`;
    const { text, marks } = excerptOf(line, 101, 105, 30);
    assert.equal(text, `…${'a'.repeat(10)}HERE${'b'.repeat(14)}…`);
    assert.equal(marks, `${' '.repeat(11)}^^^^`);
    assert.equal(excerptOf('x'.repeat(200), 1, 201, 30).text, `${'x'.repeat(28)}…`);
  });

  it('looks at no more of an endless line than it shows', () => {
    const line = `${'a'.repeat(5_000_000)}HERE${'b'.repeat(5_000_000)}`;
    const { text, marks } = excerptOf(line, 5_000_001, 5_000_005, 30);
    assert.equal(text, `…${'a'.repeat(10)}HERE${'b'.repeat(14)}…`);
    assert.equal(marks.trimStart(), '^^^^');
    assert.deepEqual(excerptOf('a'.repeat(3000), 1, 3001, 30), { text: `${'a'.repeat(28)}…`, marks: '^'.repeat(28) });
  });

  it('holds one line of no more characters than there is room, with a mark', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.integer({ min: 1, max: 60 }),
        fc.nat(60),
        fc.integer({ min: 20, max: 60 }),
        (line, start, length, width) => {
          const { text, marks } = excerptOf(line, start, start + length, width);
          assert.doesNotMatch(text + marks, /[\n\r\u001b\u202e]/);
          assert.match(marks, /^ *\^+$/);
          assert.ok(marks.length <= width + 1, `${marks.length} of ${width}`);
        },
      ),
    );
  });
});
