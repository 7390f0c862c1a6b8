import assert from 'node:assert/strict';
import { SourceTexts } from '../../../../src/cli/lint/formats/sourceTexts.js';

describe('the texts that were checked', () => {
  const texts = new SourceTexts(
    new Map([
      ['a', 'one\r\ntwo\rthree\n\nfive'],
      ['b', '\ufeffid: x\n'],
    ]),
  );

  it('have lines, however these end', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((line) => texts.line('a', line)),
      ['one', 'two', 'three', '', 'five'],
    );
    assert.equal(texts.line('b', 2), '');
  });

  it('have no lines beyond their end, and none in files that are not there', () => {
    assert.deepEqual(
      [texts.line('a', 0), texts.line('a', 6), texts.line('c', 1), texts.place('c', { start: 0, end: 1 })],
      Array(4).fill(undefined),
    );
  });

  it('have places', () => {
    assert.deepEqual(texts.place('a', { start: 5, end: 10 }), { line: 2, column: 1, endLine: 3, endColumn: 2 });
    assert.deepEqual([texts.hasMark('a'), texts.hasMark('b'), texts.hasMark('c')], [false, true, false]);
  });
});
