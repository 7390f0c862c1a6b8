import fc from 'fast-check';
import type { DiffReport, DocumentDifference, ReportedChange } from '../../../src/cli/diff/report.js';
import { hostileFile, hostileText } from '../lint/formats/reports.js';

/** A dangerous change in the second line of a file, but for what is said otherwise. */
export function change(said: Partial<ReportedChange> = {}): ReportedChange {
  return {
    kind: 'gate-removed',
    danger: 'dangerous',
    what: '"Ask" is gone',
    about: '',
    now: { file: 'a.runbook.yaml', line: 2, column: 3, endLine: 2, endColumn: 9 },
    minded: true,
    ...said,
  };
}

/** A runbook with these changes. */
export function documentOf(changes: readonly ReportedChange[], said: Partial<DocumentDifference> = {}): DocumentDifference {
  return { kind: 'runbook', file: 'a.runbook.yaml', title: 'Upgrade', state: 'changed', changes, limits: [], ...said };
}

export function diffOf(documents: readonly DocumentDifference[], said: Partial<DiffReport> = {}): DiffReport {
  return {
    old: { name: 'main', commit: 'a'.repeat(40) },
    now: { name: 'HEAD', commit: 'b'.repeat(40) },
    documents,
    policy: undefined,
    version: '1.2.3',
    ...said,
  };
}

const danger = fc.constantFrom('dangerous', 'notable', 'harmless');

const hostileChange = fc
  .record({
    danger: danger,
    what: hostileText,
    file: hostileFile,
    before: hostileText,
    after: hostileText,
    minded: fc.boolean(),
  })
  .map(({ file, ...said }) => change({ ...said, now: { file, line: 1, column: 1, endLine: 1, endColumn: 2 } }));

/** Everything in it was written by somebody who means no good. */
export const hostileDiff: fc.Arbitrary<DiffReport> = fc
  .array(fc.tuple(hostileFile, hostileText, fc.array(hostileChange, { maxLength: 4 }), hostileText), { maxLength: 3 })
  .map((documents) =>
    diffOf(
      documents.map(([file, title, changes, text]) =>
        documentOf(changes, {
          file,
          oldFile: `old/${file}`,
          title,
          limits: [text],
          plans: {
            compared: 2,
            deltas: [{ variants: [text], lines: [{ sign: '-', path: text, what: text }] }],
            onlyOld: [text],
            onlyNow: [],
            limits: [text],
          },
        }),
      ),
      { policy: 'main:.runbook-review.yaml' },
    ),
  );
