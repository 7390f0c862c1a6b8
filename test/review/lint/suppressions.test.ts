import assert from 'node:assert/strict';
import type { Diagnostic, Severity } from '../../../src/language/index.js';
import { configurationOf, judge, RULE_CARDS } from '../../../src/review/index.js';
import type { Judgement } from '../../../src/review/index.js';

const RULE = 'missing-timeout';

/** A finding of a rule that begins where a word stands in a text. */
function at(text: string, word: string, code = RULE, severity: Severity = 'warning'): Diagnostic {
  const start = text.indexOf(word);
  assert.ok(start >= 0, word);
  return { code, severity, range: { start, end: start + word.length }, message: 'something' };
}

function judged(text: string, diagnostics: readonly Diagnostic[], seen = true): Judgement {
  return judge({ text, diagnostics, plansSeen: seen, scriptsSeen: seen }, configurationOf());
}

/** The words on which the findings that are left begin. */
function left(text: string, ...words: readonly string[]): readonly string[] {
  const { findings } = judged(
    text,
    words.map((word) => at(text, word)),
  );
  return findings.filter(({ code }) => code === RULE).map(({ range }) => text.slice(range.start, range.end));
}

function codes({ findings }: Judgement): readonly string[] {
  return findings.map(({ code }) => code);
}

const STEPS = `runbook: v1
steps:
  # runbook-lint-ignore missing-timeout: measured, it ends by itself
  - id: first
    title: one
    run: |
      echo inside
  - id: second
    title: two
  - id: third # runbook-lint-ignore missing-timeout: as above
    title: three
`;

describe('suppressions', () => {
  it('above an entry silence all of it, and nothing behind it', () => {
    assert.deepEqual(left(STEPS, 'first', 'inside', 'second', 'two'), ['second', 'two']);
  });

  it('at the end of a line silence that line alone', () => {
    assert.deepEqual(left(STEPS, 'third', 'three'), ['three']);
  });

  it('above a key silence what is below the key, lists as far left as the key too', () => {
    const text = 'a: 1\n# runbook-lint-ignore missing-timeout: why\nsteps:\n- id: within\n\n- id: also\nfinally: out\n';
    assert.deepEqual(left(text, 'within', 'also', 'out'), ['out']);
  });

  it('are not called unused where ShellCheck gave no answer', () => {
    const text = 'a: 1\n# runbook-lint-ignore shellcheck/SC2086: why\nb: cp $A /srv\nc: out\n';
    assert.deepEqual(codes(judged(text, [])), ['unused-suppression']);
    assert.deepEqual(codes(judged(text, [at(text, 'out', 'shellcheck')])), ['shellcheck']);
  });

  it('reach over blank lines and other comments to the entry', () => {
    const text = 'a: 1\n# runbook-lint-ignore missing-timeout: why\n\n# a word\nb: within\nc: out\n';
    assert.deepEqual(left(text, 'within', 'out'), ['out']);
  });

  it('for the file silence all of it', () => {
    const text = '# runbook-lint-ignore-file missing-timeout: lab only\nrunbook: v1\nsteps: []\n';
    assert.deepEqual(left(text, 'v1', '[]'), []);
  });

  it('for the file count only before the first key', () => {
    const text = 'runbook: v1\n# runbook-lint-ignore-file missing-timeout: too late\nsteps: []\n';
    assert.deepEqual(codes(judged(text, [at(text, '[]')])), ['unused-suppression', RULE]);
  });

  it('name several rules', () => {
    const text = '# runbook-lint-ignore missing-timeout, change-without-undo: both\na: here\nb: there\n';
    const { findings, suppressed } = judged(text, [
      at(text, 'here'),
      at(text, 'here', 'change-without-undo'),
      at(text, 'here', 'fragile-check'),
    ]);
    assert.equal(suppressed, 2);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['fragile-check'],
    );
  });

  it('may carry colons and hashes in their reason, and end a line of Windows', () => {
    assert.deepEqual(
      left('# runbook-lint-ignore missing-timeout: see https://example.com/#a: it waits\r\na: within\r\nb: out\r\n', 'within', 'out'),
      ['out'],
    );
  });

  for (const [where, text] of [
    ['a literal block', 'run: |\n  # runbook-lint-ignore missing-timeout: text\n  here\n'],
    ['a folded block', 'run: >-\n  # runbook-lint-ignore missing-timeout: text\n\n  here\n'],
    ['double quotes', 'run: "a\n  # runbook-lint-ignore missing-timeout: text\n  here"\n'],
    ['single quotes', "run: 'a # runbook-lint-ignore missing-timeout: text here'\n"],
    ['a plain text', 'run: a\n  b#runbook-lint-ignore missing-timeout: text\n  here\n'],
    ['a value', 'run: runbook-lint-ignore missing-timeout here\n'],
  ] as const)
    it(`do not count in ${where}`, () => {
      assert.deepEqual(codes(judged(text, [at(text, 'here')])), [RULE]);
    });

  it('count in a list or mapping with brackets, for their line', () => {
    const text =
      'a: { x: one, # runbook-lint-ignore missing-timeout: why\n  y: two,\n  # runbook-lint-ignore missing-timeout: why\n  z: three }\n';
    assert.deepEqual(left(text, 'one', 'two', 'three'), ['two']);
  });
});

describe('findings about suppressions', () => {
  it('want a reason, and silence nothing without one', () => {
    for (const tail of ['', ':', ': ', ':   ']) {
      const text = `# runbook-lint-ignore missing-timeout${tail}\na: here\n`;
      assert.deepEqual(codes(judged(text, [at(text, 'here')])), ['suppression-without-reason', RULE], JSON.stringify(tail));
    }
  });

  it('find a comment that silences nothing, and mend it', () => {
    const text =
      'a: 1\n  # runbook-lint-ignore missing-timeout: gone\nc: 3\nb: 2 # runbook-lint-ignore change-without-undo, missing-timeout: x\n';
    const { findings } = judged(text, [at(text, '2')]);
    assert.deepEqual(codes({ findings, suppressed: 0 }), ['unused-suppression', 'unused-suppression']);
    const mended = findings.reduceRight((now, { fix }) => {
      const edit = fix?.edits[0];
      assert.ok(edit !== undefined);
      return now.slice(0, edit.range.start) + edit.text + now.slice(edit.range.end);
    }, text);
    assert.equal(mended, 'a: 1\nc: 3\nb: 2 # runbook-lint-ignore missing-timeout: x\n');
  });

  it('know the rule that was meant', () => {
    const text = '# runbook-lint-ignore mising-timeout: why\na: here\n';
    const { findings } = judged(text, [at(text, 'here')]);
    assert.match(findings[0]?.message ?? '', /no rule "mising-timeout"; did you mean "missing-timeout"\?/);
    assert.equal(findings[0]?.fix, undefined);
    assert.equal(findings.length, 2);
  });

  it('say that an error stays', () => {
    const text = '# runbook-lint-ignore undefined-role: it is fine\na: here\n';
    const { findings, suppressed } = judged(text, [at(text, 'here', 'undefined-role', 'error')]);
    assert.deepEqual(codes({ findings, suppressed }), ['suppressed-error', 'undefined-role']);
    assert.equal(findings[1]?.severity, 'error');
    assert.equal(suppressed, 0);
  });

  it('cannot be silenced themselves', () => {
    const text = '# runbook-lint-ignore-file unused-suppression: no\n# runbook-lint-ignore fragile-check: old\na: 1\n';
    assert.deepEqual(codes(judged(text, [])), ['unused-suppression', 'unused-suppression']);
  });

  it('say nothing of rules that had no say: plans not made, scripts not checked, a file without shape', () => {
    const text = '# runbook-lint-ignore unreachable-step, shellcheck/SC2086: seen\na: 1\n';
    assert.deepEqual(codes(judged(text, [], false)), []);
    assert.equal(codes(judged(text, [])).length, 2);
    const broken = '# runbook-lint-ignore missing-timeout: seen\na: here\n';
    assert.deepEqual(codes(judged(broken, [at(broken, 'here', 'unknown-key', 'error')])), ['unknown-key']);
  });

  it('want a rule to be named', () => {
    assert.deepEqual(codes(judged('# runbook-lint-ignore\na: 1 # runbook-lint-ignore: why\n', [])), [
      'unused-suppression',
      'unused-suppression',
    ]);
    assert.deepEqual(codes(judged('a: 1\n# runbook-lint-ignored and other words\n', [])), []);
  });

  it('stay few and quick, whatever the text', () => {
    const text = `${'# runbook-lint-ignore no-such-rule: x\n'.repeat(20_000)}a: 1\n`;
    const started = performance.now();
    assert.ok(judged(text, []).findings.length <= 200);
    assert.ok(performance.now() - started < 5_000);
  });
});

describe('the catalogue', () => {
  it('has each id once, and a reason and a source for each', () => {
    assert.equal(new Set(RULE_CARDS.map(({ id }) => id)).size, RULE_CARDS.length);
    for (const { id, rationale, cites } of RULE_CARDS) assert.ok(rationale.length > 20 && cites.length > 0, id);
  });
});
