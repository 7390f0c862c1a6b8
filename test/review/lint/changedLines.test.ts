import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedLines } from '../../../src/review/index.js';

function lines(before: string, after: string): readonly number[] {
  return [...changedLines(before, after)].sort((a, b) => a - b);
}

/** Length of the longest common part, the slow and simple way. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const word of a) {
    const next: number[] = [];
    for (const [i, other] of b.entries()) next.push(word === other ? (row[i - 1] ?? 0) + 1 : Math.max(row[i] ?? 0, next[i - 1] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe('changedLines', () => {
  it('finds lines that are new or different', () => {
    assert.deepEqual(lines('a\nb\nc\n', 'a\nx\nb\nc\n'), [2]);
    assert.deepEqual(lines('a\nb\nc\n', 'a\nB\nc\n'), [1, 2, 3].slice(0, 2));
    assert.deepEqual(lines('a\nb', 'a\nb'), []);
  });

  it('counts the neighbours of what was taken out', () => {
    assert.deepEqual(lines('a\nb\nc\nd\n', 'a\nd\n'), [1, 2]);
    assert.deepEqual(lines('a\nb', 'b'), [1]);
  });

  it('does not mind line ends and marks of byte order', () => {
    assert.deepEqual(lines('a\nb\n', '\uFEFFa\r\nb\r\n'), []);
  });

  it('leaves the most lines in peace that can be, and no line that is not in the text before', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.array(word, { maxLength: 12 }), (before, after) => {
        const joined = (words: readonly string[]): string => words.join('\n');
        const changed = changedLines(joined(before), joined(after));
        const [old, now] = [joined(before).split('\n'), joined(after).split('\n')];
        const kept = now.filter((_, index) => !changed.has(index + 1));
        assert.ok(kept.length <= common(old, now));
        assert.equal(common(kept, old), kept.length, 'what is kept stands in the text before, in that order');
        if (joined(before) === joined(after)) assert.equal(changed.size, 0);
      }),
    );
  });

  it('ends soon where everything is different', () => {
    const text = (word: string): string => Array.from({ length: 20_000 }, (_, i) => `${word}${String(i)}`).join('\n');
    const started = performance.now();
    assert.equal(changedLines(text('a'), text('b')).size, 20_000);
    assert.ok(performance.now() - started < 5_000);
  });
});
