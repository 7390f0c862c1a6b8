import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FORMATS, formatReport, isLintFormat } from '../../../../src/cli/lint/formats/index.js';
import { assertSteersNothing } from './readers/logs.js';
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
          assertSteersNothing(format, formatReport(format, report, { ...PIPE, sources, columns }));
        }),
      );
    });
  }
});
