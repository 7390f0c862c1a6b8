import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatReport } from '../../../../src/cli/lint/formats/index.js';
import { visible } from '../../../../src/cli/reporters/visible.js';
import { schemaOf } from './readers/schemas.js';
import { finding, hostileReport, PIPE, written } from './reports.js';

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

describe('the gitlab format', () => {
  const validate = schemaOf('gitlab-codequality.json');

  it('is a list of findings as GitLab documents them', () => {
    const findings = (['error', 'warning', 'information'] as const).map((severity) => finding({ severity }));
    const entries = JSON.parse(written('gitlab', findings)) as Entry[];
    assert.deepEqual(entries[0], {
      description: 'it is wrong',
      check_name: 'some-rule',
      fingerprint: '0123456789abcdef0123456789abcdef',
      severity: 'critical',
      location: { path: 'a.runbook.yaml', lines: { begin: 2, end: 2 } },
    });
    assert.deepEqual(
      entries.map(({ severity }) => severity),
      ['critical', 'major', 'info'],
    );
    assert.equal(written('gitlab', []), '[]\n');
  });

  it('is valid and reads back as what was meant', () => {
    fc.assert(
      fc.property(hostileReport, ({ report, sources }) => {
        const entries = JSON.parse(formatReport('gitlab', report, { ...PIPE, sources })) as Entry[];
        for (const entry of entries) assert.ok(validate(entry), JSON.stringify(validate.errors));
        assert.deepEqual(
          entries.map(({ location, description, check_name, fingerprint }) => [location.path, description, check_name, fingerprint]),
          report.findings.map(({ file, message, rule, fingerprint }) => [file, visible(message), rule, fingerprint]),
        );
        assert.equal(new Set(entries.map(({ fingerprint }) => fingerprint)).size, entries.length);
      }),
    );
  });

  it('is held to a schema that refuses what is none', () => {
    assert.ok(!validate({ description: 'x', fingerprint: 'y', severity: 'info' }));
  });
});
