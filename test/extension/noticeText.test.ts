import assert from 'node:assert/strict';
import { noticeText, withoutPictures } from '../../src/extension/noticeText.js';

/** What VS Code takes for a link in a notification. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('text of a notification', () => {
  it('makes no link, whatever a host has printed', () => {
    for (const text of [
      '[Retry](command:workbench.action.terminal.new)',
      '[x](https://example.com/ "title")',
      '[[a]](file:///etc/passwd)',
      '[a](command:x)[b](command:y)',
      '[a\n](command:x)',
      '[a]\u200b(command:x)',
      '](command:x)[a](command:y',
    ]) {
      assert.doesNotMatch(noticeText(text), LINK, text);
      assert.equal(noticeText(text).includes(']('), false, text);
    }
    assert.match('[Retry](command:x)', LINK);
  });

  it('hides nothing and turns nothing round', () => {
    assert.equal(noticeText('step failed: \u202egnp.exe\u001b[2J'), 'step failed: <U+202E>gnp.exe\u241b[2J');
    assert.equal(noticeText('it ended with exit code 1. See (the log) [here].'), 'it ended with exit code 1. See (the log) [here].');
  });

  it('has no pictures where titles stand', () => assert.equal(withoutPictures('$(check) done'), '$ (check) done'));
});
