import assert from 'node:assert/strict';
import { problemsText } from '../../../src/extension/languageFeatures/problemsText.js';

describe('the number of problems', () => {
  it('is said in words', () => {
    assert.equal(problemsText(0, 0, 0), 'no problems');
    assert.equal(problemsText(1, 2, 0), '1 error, 2 warnings');
    assert.equal(problemsText(0, 0, 1), '1 remark');
  });
});
