import assert from 'node:assert/strict';
import { visible } from '../../../src/cli/reporters/visible.js';

describe('visible', () => {
  it('shows what steers a terminal, turns text or is not seen', () => {
    assert.equal(visible('a\u001b[2Jb\n\u0085\u202ec\u200b'), 'a\\u001b[2Jb\\u000a\\u0085\\u202ec\\u200b');
    assert.equal(visible('\ud800x\udc00 \u{e0041} \ufffe\u2028'), '\\ud800x\\udc00 \\u{e0041} \\ufffe\\u2028');
  });

  it('leaves texts of people alone', () => {
    for (const text of ['größer, 漢字, e\u0301', 'می\u200cخواهم', '👩🏽\u200d💻 done', '"quoted" \\n']) assert.equal(visible(text), text);
  });

  it('shows a joiner that joins nothing', () => {
    assert.equal(visible(':\u200d:'), ':\\u200d:');
  });
});
