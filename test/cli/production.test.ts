import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.js';
import { assertApproved } from '../../src/cli/run.js';
import { UsageError } from '../../src/cli/usage.js';
import type { Plan } from '../../src/planner/index.js';

const approved = (words: readonly string[], production: boolean): void => {
  assertApproved(
    { environment: { id: 'emea', title: 'EMEA', production, approvers: [] } } as unknown as Plan,
    parseArguments(['run', ...words]),
  );
};

describe('approval beforehand', () => {
  it('wants the name of a production environment, and the right one', () => {
    assert.throws(
      () => approved(['--yes'], true),
      (error: unknown) => error instanceof UsageError && /--yes --production emea/.test(error.message),
    );
    assert.throws(() => approved(['--yes', '--production', 'apac'], true), UsageError);
    approved(['--yes', '--production', 'emea'], true);
  });

  it('is enough elsewhere, and asked for when it is not given', () => {
    approved(['--yes'], false);
    approved([], true);
  });
});
