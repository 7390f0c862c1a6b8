import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatReport } from '../../../../src/cli/lint/formats/index.js';
import { visible } from '../../../../src/cli/reporters/visible.js';
import type { ReportedFinding } from '../../../../src/cli/lint/report.js';
import { schemaOf } from './readers/schemas.js';
import { fileOf, readSarif, shownText, textAt } from './readers/sarif.js';
import { finding, hostileReport, PIPE, reportOf, written } from './reports.js';

const validate = schemaOf('sarif-schema-2.1.0.json');

function valid(text: string): ReturnType<typeof readSarif> {
  const log = readSarif(text);
  assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 3)));
  return log;
}

describe('the sarif format', () => {
  it('says where, how bad, and how to know it again', () => {
    const [run] = valid(written('sarif', [finding({ file: 'my files/a#1.runbook.yaml' })])).runs;
    assert.equal(run?.columnKind, 'utf16CodeUnits');
    assert.deepEqual(run?.results[0], {
      ruleId: 'some-rule',
      ruleIndex: 0,
      level: 'error',
      message: { text: 'it is wrong' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'my%20files/a%231.runbook.yaml', uriBaseId: 'SRCROOT' },
            region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 8 },
          },
        },
      ],
      partialFingerprints: { 'runbookLint/v1': '0123456789abcdef0123456789abcdef' },
    });
  });

  it('describes every rule, found or not', () => {
    const rules = valid(written('sarif', [])).runs[0]?.tool.driver.rules ?? [];
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['some-rule', 'too-many-things', 'shellcheck'],
    );
    assert.deepEqual(rules[1], {
      id: 'too-many-things',
      shortDescription: { text: 'Too many things' },
      fullDescription: { text: 'Nobody reads as many.' },
      help: {
        text: [
          'Nobody reads as many.',
          'most: how many things there may be (7)',
          'Asked for by threat T4.',
          'To suppress it, say why at the end of the line: # runbook-lint-ignore too-many-things: reason',
        ].join('\n\n'),
        markdown: [
          'Nobody reads as many.',
          '`most`: how many things there may be (7)',
          'Asked for by threat T4.',
          'To suppress it, say why at the end of the line: `# runbook-lint-ignore too-many-things: reason`',
        ].join('\n\n'),
      },
      defaultConfiguration: { level: 'warning' },
      properties: {
        tags: ['security', 'inventories'],
        precision: 'high',
        'problem.severity': 'warning',
        'security-severity': '5.0',
        cites: ['threat T4'],
      },
    });
    assert.match(JSON.stringify(rules[0]), /An error cannot be suppressed/);
  });

  it('describes a code of another program by its family, and a rule without a card by its name', () => {
    const run = valid(written('sarif', [finding({ rule: 'shellcheck/SC2086' }), finding({ rule: 'other' })])).runs[0];
    const rules = run?.tool.driver.rules ?? [];
    assert.deepEqual(
      run?.results.map(({ ruleIndex }) => rules[ruleIndex]?.id),
      ['shellcheck/SC2086', 'other'],
    );
    assert.equal(rules[3]?.fullDescription?.text, 'Shells differ.');
    assert.equal(rules[3]?.helpUri, 'https://www.shellcheck.net/wiki/SC2086');
    assert.deepEqual(rules[4], { id: 'other' });
  });

  it('leads to the page of a rule where a repository is known', () => {
    Object.assign(globalThis, { REPOSITORY: 'https://example.com/runbooks' });
    try {
      const rules = valid(written('sarif', [])).runs[0]?.tool.driver.rules ?? [];
      assert.equal(rules[1]?.helpUri, 'https://example.com/runbooks/blob/main/docs/rules/too-many-things.md');
    } finally {
      Reflect.deleteProperty(globalThis, 'REPOSITORY');
    }
    assert.equal(valid(written('sarif', [])).runs[0]?.tool.driver.rules[1]?.helpUri, undefined);
  });

  it('does not count a byte order mark as a column', () => {
    const sources = new Map([['a.runbook.yaml', '\ufeffid: x\nid: y\n']]);
    const at = (line: number): ReportedFinding => finding({ place: { line, column: 6, endLine: line, endColumn: 7 } });
    const [first, second] = valid(written('sarif', [at(1), at(2)], { sources })).runs[0]?.results ?? [];
    assert.deepEqual(
      [first, second].map((result) => result?.locations[0]?.physicalLocation.region.startColumn),
      [5, 6],
    );
  });

  it('leaves a mend out when the text it changes is not at hand', () => {
    const fix = { title: 'mend it', edits: [{ range: { start: 0, end: 1 }, text: 'x' }] };
    assert.equal(valid(written('sarif', [finding({ fix })])).runs[0]?.results[0]?.fixes, undefined);
  });

  it('is valid and reads back as what was meant', () => {
    fc.assert(
      fc.property(hostileReport, ({ report, sources }) => {
        const results = valid(formatReport('sarif', report, { ...PIPE, sources })).runs[0]?.results ?? [];
        assert.equal(results.length, report.findings.length);
        results.forEach((result, index) => {
          const meant = report.findings[index] as ReportedFinding;
          assert.equal(shownText(result.message), visible(meant.message));
          assert.equal(fileOf(result.locations[0]), meant.file);
          assert.deepEqual(
            (result.relatedLocations ?? []).map((related) => [fileOf(related), shownText(related.message)]),
            meant.related.map(({ file, message }) => [file, visible(message)]),
          );
          assert.deepEqual(result.partialFingerprints, { 'runbookLint/v1': meant.fingerprint });
          const [edit] = meant.fix?.edits ?? [];
          const replacement = result.fixes?.[0]?.artifactChanges[0]?.replacements[0];
          assert.equal(replacement === undefined, edit === undefined);
          if (edit === undefined || replacement === undefined) return;
          const source = sources.get(meant.file) ?? '';
          const replaced = source.slice(edit.range.start, edit.range.end);
          assert.equal(textAt(source, replacement.deletedRegion), edit.range.start === 0 ? replaced.replace(/^\ufeff/, '') : replaced);
          assert.equal(replacement.insertedContent?.text ?? '', edit.text);
        });
      }),
    );
  });

  it('is held to a schema that refuses what is none', () => {
    assert.ok(!validate({ version: '2.1.0', runs: [{ results: [] }] }));
    const log = readSarif(formatReport('sarif', reportOf([finding()]), PIPE));
    assert.ok(!validate({ ...log, runs: log.runs.map((run) => ({ ...run, columnKind: 'bytes' })) }));
  });
});
