import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';
import type { Diagnostic } from '../../../src/language/index.js';

const head = 'runbook: v1\nid: sample\ntitle: Sample\n';

function read(text: string): { value: unknown; diagnostics: readonly Diagnostic[]; said: readonly string[]; mended: readonly string[] } {
  const { value, diagnostics } = serviceOver({}).parseRunbook('/sample.runbook.yaml', text);
  return {
    value,
    diagnostics,
    said: diagnostics.map(({ code, range, message }) => `${code} «${text.slice(range.start, range.end)}» ${message}`),
    mended: diagnostics.flatMap(({ fix }) =>
      fix === undefined
        ? []
        : [fix.edits.reduceRight((mended, { range, text: edit }) => mended.slice(0, range.start) + edit + mended.slice(range.end), text)],
    ),
  };
}

/** What is said about one step. */
function step(source: string): ReturnType<typeof read> {
  return read(`${head}steps:\n  - ${source}\n`);
}

describe('the shape of a runbook', () => {
  it('gives plain data and places from one walk', () => {
    const text = `${head}steps:\n  - { id: a, run: "date" }\n`;
    const { value, positions } = serviceOver({}).parseRunbook('/sample.runbook.yaml', text);
    assert.deepEqual(value, { runbook: 'v1', id: 'sample', title: 'Sample', steps: [{ id: 'a', run: 'date' }] });
    const first = value?.steps[0];
    assert.ok(value !== undefined && first !== undefined);
    const source = (range: { start: number; end: number } | undefined): string => text.slice(range?.start, range?.end);
    assert.equal(source(positions.of(first)), '{ id: a, run: "date" }');
    assert.equal(source(positions.key(first, 'run')), 'run');
    assert.equal(source(positions.value(first, 'run')), '"date"');
    assert.equal(source(positions.value(value.steps, 0)), '{ id: a, run: "date" }');
    assert.equal(positions.of({}), undefined);
  });

  const cases: readonly (readonly [what: string, source: string, said: RegExp])[] = [
    ['an unknown key', '{ id: a, rnu: date }', /^unknown-key «rnu» .*a step; did you mean "run"\?$/],
    ['two actions', '{ run: date, manual: Look. }', /^keys-exclude-each-other «manual» "run", "manual" .*exactly one$/],
    ['no action', '{ id: a }', /^missing-key «id» a step needs exactly one of "run", "service"/],
    ['a list for a mapping', '{ check: [] }', /^wrong-kind «\[» a list stands where a mapping is expected/],
    ['a mapping for text', '{ run: date, title: {} }', /^wrong-kind «\{» a mapping stands where text is expected/],
    ['a number for text', '{ run: date, title: 10.10 }', /^reads-as-number «10.10» 10.10 is read as the number 10.1, .*quotes$/],
    ['a number that loses digits', '{ run: date, args: [1.10] }', /^reads-as-number «1.10» .*1\.1; put it in quotes/],
    ['yes for a boolean', '{ run: date, once: yes }', /^wrong-kind «yes» "once" is true or false/],
    ['a word that is not offered', '{ run: date, effects: [stopp] }', /^unknown-value «stopp» .*did you mean "stop"\?$/],
    ['a number out of range', '{ run: date, serial: 0 }', /^out-of-range «0» /],
    ['a name with capitals', '{ run: date, id: StopIt }', /^wrong-name «StopIt» /],
    [
      'keys of a kind that differ',
      '{ check: { command: { run: x }, port: { number: 1 } } }',
      /^keys-exclude-each-other «port» "command", "port" /,
    ],
    ['a missing key', '{ service: { name: x } }', /^missing-key «name» "service" needs the key "state"; add it$/],
    ['both of two rivals', '{ http: { url: x, form: {}, json: {} } }', /^keys-exclude-each-other «json» "form", "json" .*keep one$/],
    ['nothing', '{ run: }', /^wrong-kind «.*» nothing stands under "run"/],
    ['an empty list', '{ steps: [] }', /^too-few «\[\]» "steps" has 0 entries/],
    ['a script for no platform', '{ run: {} }', /^missing-key «\{» .*at least one key; add one of "linux"/],
    ['a comment inside a script', '{ run: date, id: a }\n  - run: echo a # b', /^cut-by-comment « # b» /],
  ];
  it('leaves a comment that speaks to the linter alone, but not one that only looks like it', () => {
    const said = (comment: string): number => step(`{ run: date, id: a }\n  - run: echo a ${comment}`).said.length;
    assert.equal(said('# runbook-lint-ignore piped-installer: the way of the vendor'), 0);
    assert.equal(said('#runbook-lint-ignore a'), 0);
    assert.equal(said('# runbook-lint-ignored'), 1);
    assert.equal(said('# see runbook-lint-ignore'), 1);
  });

  for (const [what, source, wanted] of cases) {
    it(`finds ${what}`, () => {
      const { said } = step(source);
      assert.equal(said.length, 1, said.join('\n'));
      assert.match(said[0] as string, wanted);
    });
  }

  it('mends what it can', () => {
    for (const source of [
      '{ id: a, rnu: date }',
      '{ run: date, title: 10.10 }',
      '{ run: date, once: yes }',
      '{ run: date, serial: "2" }',
      '{ run: date, effects: [stopp] }',
      '{ run: date, id: StopIt }',
      '{ run: date, when: !x }',
      '{ run: date, args: [${{ x }}] }',
      "{ run: date, title: 'a' }\n  - run: date\n    title: a: b",
      '{ run: date }\n  - run: date\n    title: >= 2',
    ]) {
      const { diagnostics, mended } = step(source);
      if (diagnostics.length === 0) continue;
      assert.equal(mended.length, 1, source);
      assert.deepEqual(read(mended[0] as string).said, [], source);
    }
  });

  it('tells where a key stands first', () => {
    const { diagnostics } = read(`${head}title: Again\nsteps: [ { run: date } ]\n`);
    assert.equal(diagnostics[0]?.code, 'duplicate-key');
    assert.equal(diagnostics[0].related?.[0]?.range.start, head.indexOf('title'));
  });

  it('reads what an alias stands for, and gives it the same place', () => {
    const { value, diagnostics } = read(`${head}steps:\n  - &one { run: date }\n  - *one\n`);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual((value as { steps: unknown[] }).steps, [{ run: 'date' }, { run: 'date' }]);
  });

  it('is not judged while the syntax is broken', () => {
    assert.deepEqual([...new Set(read(`${head}steps:\n  - rnu: "date\n`).diagnostics.map(({ code }) => code))], ['yaml-syntax']);
  });

  it('has no value while it has errors', () => {
    assert.equal(step('{ rnu: date }').value, undefined);
    assert.equal(read('\uFEFF' + head + 'steps: [ { run: date } ]\n').value !== undefined, true);
  });
});
