import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FORMATS, formatReport, isLintFormat } from '../../../../src/cli/lint/formats/index.js';
import { readLog } from './readers/workflowCommands.js';
import { hostileReport, PIPE } from './reports.js';

describe('every format', () => {
  it('is known by its name', () => {
    assert.ok(FORMATS.every(isLintFormat));
    assert.ok(!isLintFormat('xml'));
  });

  for (const format of FORMATS) {
    it(`${format}: in a log it steers no terminal and no build server`, () => {
      fc.assert(
        fc.property(hostileReport, fc.constantFrom(undefined, 60), ({ report, sources }, columns) => {
          const text = formatReport(format, report, { ...PIPE, sources, columns });
          assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
          const { commands, others } = readLog(text);
          assert.doesNotMatch(others.join('\n'), /##(?:vso|teamcity)?\[/);
          const mine = format === 'github' ? ['error', 'warning', 'notice', 'group', 'endgroup'] : [];
          assert.deepEqual(
            commands.filter(({ name }) => !mine.includes(name)),
            [],
          );
          assert.ok(text.endsWith('\n'));
        }),
      );
    });
  }
});
