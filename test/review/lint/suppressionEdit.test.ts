import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageService } from '../../../src/language/index.js';
import type { Diagnostic } from '../../../src/language/index.js';
import { configurationOf, judge, suppressionEdit } from '../../../src/review/index.js';

const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });
const RULE = 'missing-timeout';

function finding(start: number, end = start + 1): Diagnostic {
  return { code: RULE, severity: 'warning', range: { start, end }, message: 'something' };
}

/** The text with the comment and a reason in it, and how far what stood behind it has moved. */
function suppressed(text: string, start: number): { readonly text: string; readonly moved: number } {
  const made = suppressionEdit(text, finding(start));
  assert.ok(made !== undefined);
  const { edit, reasonAt } = made;
  assert.equal(edit.range.start, edit.range.end, 'nothing is taken away');
  const inserted = `${edit.text.slice(0, reasonAt)}because${edit.text.slice(reasonAt)}`;
  return {
    text: text.slice(0, edit.range.start) + inserted + text.slice(edit.range.start),
    moved: edit.range.start <= start ? inserted.length : 0,
  };
}

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.runbook.yaml'))
  .map((name) => join('examples', name));

describe('suppressionEdit', () => {
  it('stands above the key, indented like it', () => {
    const text = 'steps:\n  - id: a\n    title: here\n';
    assert.equal(
      suppressed(text, text.indexOf('here')).text,
      'steps:\n  - id: a\n    # runbook-lint-ignore missing-timeout: because\n    title: here\n',
    );
  });

  it('stands behind the first line of an item that goes on below, so that the rest of the item is still checked', () => {
    const text = 'steps:\n  - id: a\n    title: here\n';
    assert.equal(
      suppressed(text, text.indexOf('id')).text,
      'steps:\n  - id: a # runbook-lint-ignore missing-timeout: because\n    title: here\n',
    );
  });

  it('stands above an item on one line, and above one whose first line cannot take it', () => {
    for (const item of ['- { id: a, run: x }', '- run: |\n    x', '- id: a # a word\n    title: x', '- run: a\n     b\n    title: x']) {
      const text = `steps:\n  ${item}\n`;
      const start = item.startsWith('- run: |') ? text.indexOf('x') : text.indexOf('-') + 2;
      assert.equal(suppressed(text, start).text, `steps:\n  # runbook-lint-ignore missing-timeout: because\n  ${item}\n`);
    }
  });

  it('keeps the line ends of Windows', () => {
    const text = 'a: 1\r\nb: here\r\n';
    assert.equal(suppressed(text, text.indexOf('here')).text, 'a: 1\r\n# runbook-lint-ignore missing-timeout: because\r\nb: here\r\n');
  });

  it('silences nothing until there is a reason', () => {
    const text = 'a: here\n';
    const made = suppressionEdit(text, finding(3));
    const inserted = (made?.edit.text ?? '') + text;
    const { findings } = judge(
      { text: inserted, diagnostics: [finding(inserted.indexOf('here'))], plansSeen: true, scriptsSeen: true },
      configurationOf(),
    );
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['suppression-without-reason', RULE],
    );
  });

  it('is not offered for an error', () => {
    assert.equal(suppressionEdit('a: 1\n', { ...finding(0), severity: 'error' }), undefined);
    assert.equal(suppressionEdit('', finding(0)), undefined);
  });

  for (const file of examples) {
    it(`silences the finding, and changes nothing else, wherever it is in ${file}`, () => {
      const text = readFileSync(file, 'utf8');
      const meant = service.parseRunbook(file, text).value;
      const comments = [...text.matchAll(/^\s*#.*$/gm)].map((match) => [match.index, match.index + match[0].length] as const);
      let places = 0;
      for (let start = 0; start < text.length; start += 53) {
        if (/\s/.test(text[start] ?? ' ') || comments.some(([from, to]) => start >= from && start < to)) continue;
        places++;
        const { text: with_, moved } = suppressed(text, start);
        const { findings, suppressed: count } = judge(
          { text: with_, diagnostics: [finding(start + moved)], plansSeen: true, scriptsSeen: true },
          configurationOf(),
        );
        assert.deepEqual([findings.map(({ message }) => message), count], [[], 1], with_.slice(Math.max(0, start - 200), start + 300));
        if (places % 10 === 0) assert.deepEqual(service.parseRunbook(file, with_).value, meant);
      }
      assert.ok(places > 5);
    });
  }
});
