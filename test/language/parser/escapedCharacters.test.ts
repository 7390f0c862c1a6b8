import assert from 'node:assert/strict';
import { parseRunbook } from '../../../src/language/parser/parse.js';
import type { Diagnostic } from '../../../src/language/diagnostic.js';

const HEAD = 'runbook: v1\nid: sample\n';

function findings(text: string): readonly Diagnostic[] {
  const codes = ['invisible-character', 'control-character'];
  return parseRunbook('/a.runbook.yaml', `${HEAD}${text}`).diagnostics.filter(({ code }) => codes.includes(code));
}

function told(text: string): readonly (readonly [string, string, string])[] {
  return findings(text).map(({ code, severity, range }) => [code, severity, `${HEAD}${text}`.slice(range.start, range.end)]);
}

describe('escapes in quoted text', () => {
  it('are found where they stand for what turns the direction of writing or cannot be seen', () => {
    for (const escape of ['\\u202e', '\\u202E', '\\U0000202E', '\\u2066', '\\u200b', '\\uFEFF', '\\xad', '\\u061c'])
      assert.deepEqual(told(`title: "Delete ${escape}lla"\n`), [['invisible-character', 'warning', escape]]);
  });

  it('are found where they stand for control characters', () => {
    for (const escape of ['\\x1b', '\\u001b', '\\e', '\\a', '\\b', '\\0', '\\v', '\\f', '\\r', '\\x07', '\\x9b', '\\U0000007f'])
      assert.deepEqual(told(`title: "Delete ${escape}[2K all"\n`), [['control-character', 'error', escape]]);
    assert.match(findings('title: "a\\x1bb"\n')[0]?.message ?? '', /U\+001B.*single quotes where the program is to see "\\x1b"/);
  });

  it('are errors in a script, found at their place, in keys as well, and not more than fifty of them', () => {
    assert.deepEqual(told('title: T\nsteps:\n  - { id: a, title: A, run: "true \\u202e" }\n'), [
      ['invisible-character', 'error', '\\u202e'],
    ]);
    assert.equal(told('title: T\n"ab\\u200b": 1\n').length, 1);
    assert.equal(told(`title: "${'\\x1b'.repeat(70)}"\n`).length, 50);
  });

  it('are taken out by their fix', () => {
    const [finding] = findings('title: "a\\x1bb"\n');
    assert.deepEqual(finding?.fix?.edits, [{ range: finding?.range, text: '' }]);
  });

  it('may be what is plain to see, or no escapes at all', () => {
    for (const value of [
      '"a\\tb\\n\\"c\\" \\\\ \\/ \\u00e9 \\x41 \\_ \\N"',
      '"line\\r\\n"',
      '"a \\\\x1b and \\\\u202e"',
      "'\\x1b \\u202e'",
      '\\x1b',
      '|\n  "\\x1b"',
      '"\\ud83d\\ude00"',
    ])
      assert.deepEqual(told(`title: ${value}\n`), [], value);
  });

  it('are keys that are pressed in an answer, and nowhere else', () => {
    const step = (answer: string): string =>
      `title: T\nsteps:\n  - { id: a, title: A, run: 'true', answers: [{ prompt: "go", ${answer} }] }\n`;
    assert.deepEqual(told(step('answer: "\\x03"')), []);
    assert.deepEqual(told(step('prompt: "\\x03"')).length, 1);
  });
});
