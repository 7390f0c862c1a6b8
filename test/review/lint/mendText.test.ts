import assert from 'node:assert/strict';
import { applied } from '../../support/language/applied.js';
import { editBetween, mendText, safeFixes } from '../../../src/review/index.js';
import type { JudgedFinding } from '../../../src/review/index.js';

/** A finding at every occurrence of a text, with another in its place as its mend. */
function findings(text: string, pattern: RegExp, replacement: string, more: Partial<JudgedFinding> = {}): readonly JudgedFinding[] {
  return [...text.matchAll(pattern)].map(({ index, 0: word }) => {
    const range = { start: index, end: index + word.length };
    const fix = { title: 'Mend it', edits: [{ range, text: replacement }] };
    return { code: 'x', severity: 'warning', range, message: 'x', firm: false, fix, ...more };
  });
}

describe('mending a text', () => {
  it('goes on until there is nothing left to mend', async () => {
    const made = await mendText('a b a', async (text) => [...findings(text, /a/g, 'b'), ...findings(text, /b(?= )/g, 'c')]);
    assert.equal(made, 'c c b');
  });

  it('takes no mend that guesses', async () => {
    const guess = findings('a', /a/g, 'b').map((finding) => ({
      ...finding,
      fix: { title: '', edits: finding.fix?.edits ?? [], guess: true as const },
    }));
    assert.equal(await mendText('a', async () => guess), 'a');
    assert.deepEqual(safeFixes(guess), []);
  });

  it('leaves a round out that would bring an error', async () => {
    const broken = findings('b', /b/g, 'c', { firm: true, severity: 'error' });
    assert.equal(await mendText('a', async (text) => (text === 'a' ? findings(text, /a/g, 'b') : broken)), 'a');
  });

  it('ends where mends undo one another', async () => {
    const made = await mendText('a', async (text) => (text === 'a' ? findings(text, /a/g, 'b') : findings(text, /b/g, 'a')));
    assert.ok(['a', 'b'].includes(made));
  });

  it('is one edit without what stays', () => {
    for (const [before, after, start, end] of [
      ['one two', 'one 2 two', 4, 4],
      ['aaa', 'aa', 2, 3],
      ['same', 'other', 0, 4],
      ['x y z', 'x z', 2, 4],
    ] as const) {
      const edit = editBetween(before, after);
      assert.deepEqual([edit?.range, applied(before, edit === undefined ? [] : [edit])], [{ start, end }, after]);
    }
    assert.equal(editBetween('same', 'same'), undefined);
  });
});
