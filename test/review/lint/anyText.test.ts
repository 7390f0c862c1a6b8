import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Range } from '../../../src/language/index.js';
import { configurationOf, fingerprintsOf, judge, parseConfiguration, suppressionEdit, suppressionsOf } from '../../../src/review/index.js';

const EXAMPLE = readFileSync('examples/certificate-rotation/rotation.runbook.yaml', 'utf8');
const WORDS = [
  '# runbook-lint-ignore',
  '-file',
  ' missing-timeout',
  ', ',
  ': why',
  '\n',
  '\r\n',
  '\r',
  '  ',
  '- ',
  'a: ',
  '|',
  '>-',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '\t',
  '#',
  '&x',
  '*x',
  '---',
  '\uFEFF',
  '💥',
  '\0',
];

/** Texts of words that mean something, and an example with such words in it. */
const texts = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join('')),
  fc
    .tuple(fc.nat({ max: EXAMPLE.length }), fc.nat({ max: 400 }), fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }))
    .map(([at, cut, words]) => EXAMPLE.slice(0, at) + words.join('') + EXAMPLE.slice(at + cut)),
);

function inside(text: string, { start, end }: Range): void {
  assert.ok(start >= 0 && start <= end && end <= text.length + 1, `${String(start)}..${String(end)}`);
}

describe('judging any text', function () {
  this.timeout(60_000);

  it('never throws and points nowhere else, and the same text gives the same', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, at) => {
        const start = Math.min(at, text.length);
        const diagnostics = [{ code: 'missing-timeout', severity: 'warning', range: { start, end: start }, message: 'x' } as const];
        const { findings } = judge({ text, diagnostics, plansSeen: true, scriptsSeen: true }, configurationOf());
        for (const { range, fix } of findings)
          for (const place of [range, ...(fix?.edits ?? []).map((edit) => edit.range)]) inside(text, place);
        for (const { comment, whole } of suppressionsOf(text)) {
          inside(text, comment);
          assert.match(text.slice(comment.start, comment.end), /^#[ \t]*runbook-lint-ignore/);
          assert.match(text.slice(whole.start, whole.end), /^[ \t]*#[^\n]*\n?$/);
        }
        for (const { range } of parseConfiguration('c', text).diagnostics) inside(text, range);
        assert.deepEqual(fingerprintsOf('a', text, diagnostics), fingerprintsOf('a', text, diagnostics));
      }),
      { numRuns: 400 },
    );
  });

  it('an edit that suppresses adds one comment and leaves every other where it was', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, at) => {
        const start = Math.min(at, text.length);
        const made = suppressionEdit(text, { code: 'missing-timeout', severity: 'warning', range: { start, end: start } });
        if (made === undefined) return;
        inside(text, made.edit.range);
        assert.match(made.edit.text, /^[ \t]*# runbook-lint-ignore missing-timeout: (?:\r?\n)?$/);
        assert.ok(made.reasonAt <= made.edit.text.length);
      }),
      { numRuns: 400 },
    );
  });
});
