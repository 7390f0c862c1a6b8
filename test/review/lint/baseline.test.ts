import assert from 'node:assert/strict';
import { fingerprintsOf, readBaseline, staleEntries, writeBaseline } from '../../../src/review/index.js';

const TEXT = `runbook: v1
steps:
  - id: first
    run: apply
  - id: second
    steps:
      - title: inner
        id: deep
        run: apply
        on: app
`;

function printOf(text: string, nth: number, file = 'a.runbook.yaml', rule = 'missing-timeout'): string {
  const starts = [...text.matchAll(/run: +apply/g)].map(({ index }) => index);
  const findings = starts.map((start) => ({ code: rule, range: { start, end: start + 1 } }));
  return fingerprintsOf(file, text, findings)[nth] ?? '';
}

describe('fingerprintsOf', () => {
  it('gives 32 hexadecimal digits, different for each finding', () => {
    const alike = [0, 0, 0].map((start) => ({ code: 'x', range: { start, end: 1 } }));
    const prints = [
      ...fingerprintsOf('a', TEXT, alike),
      printOf(TEXT, 0),
      printOf(TEXT, 1),
      printOf(TEXT, 1, 'b'),
      printOf(TEXT, 1, 'a.runbook.yaml', 'y'),
    ];
    assert.equal(new Set(prints).size, prints.length);
    for (const print of prints) assert.match(print, /^[0-9a-f]{32}$/);
  });

  it('stays where lines come, go, and are laid out anew', () => {
    const moved = TEXT.replace('steps:\n', '# a word\nroles: {}\n\nsteps:\n  - id: zero\n    run: other\n').replace(
      '        run: apply',
      '          run:    apply',
    );
    for (const nth of [0, 1]) assert.equal(printOf(moved, nth), printOf(TEXT, nth));
    assert.equal(printOf(TEXT.replaceAll('\n', '\r\n'), 1), printOf(TEXT, 1));
  });

  it('changes with the step around it', () => {
    assert.notEqual(printOf(TEXT.replace('id: deep', 'id: other'), 1), printOf(TEXT, 1));
    assert.notEqual(printOf(TEXT.replace('id: second', 'id: other'), 1), printOf(TEXT, 1));
    assert.equal(printOf(TEXT.replace('id: second', 'id: other'), 0), printOf(TEXT, 0));
  });

  it('is quick on a large text', () => {
    const text = `${' '.repeat(3)}x\n`.repeat(200_000);
    const findings = Array.from({ length: 500 }, (_, i) => ({ code: 'x', range: { start: text.length - 1 - i, end: text.length } }));
    const started = performance.now();
    assert.equal(new Set(fingerprintsOf('a', text, findings)).size, 500);
    assert.ok(performance.now() - started < 5_000);
  });
});

describe('a baseline', () => {
  const entries = [
    { fingerprint: 'b'.repeat(32), file: 'b.runbook.yaml', rule: 'missing-timeout', message: 'later "quoted"' },
    { fingerprint: 'a'.repeat(32), file: 'a\n.runbook.yaml', rule: 'missing-timeout', message: 'first' },
  ];

  it('is written sorted, one finding a line, and reads back', () => {
    const text = writeBaseline(entries);
    assert.equal(text.split('\n').length, entries.length + 6);
    assert.deepEqual(readBaseline(text)?.entries, [entries[1], entries[0]]);
    assert.deepEqual(readBaseline(writeBaseline([]))?.entries, []);
    assert.equal(writeBaseline([...entries].reverse()), text);
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      '[]',
      '{}',
      '{"format":2,"findings":[]}',
      '{"format":1,"findings":[{"fingerprint":"x"}]}',
      '{"format":1,"findings":{}}',
    ])
      assert.equal(readBaseline(text), undefined, text);
  });

  it('names what is no longer found, at its place, of the files that were looked at', () => {
    const text = writeBaseline(entries);
    const stale = staleEntries({ entries }, text, new Set(), ({ file }) => file === 'b.runbook.yaml');
    assert.equal(stale.length, 1);
    assert.equal(text.slice(stale[0]?.range.start, stale[0]?.range.end), 'b'.repeat(32));
    assert.equal(stale[0]?.severity, 'information');
    assert.deepEqual(
      staleEntries({ entries }, text, new Set(entries.map(({ fingerprint }) => fingerprint)), () => true),
      [],
    );
  });
});
