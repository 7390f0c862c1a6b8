import assert from 'node:assert/strict';
import { createExpressions, ExpressionError } from '../../../src/language/index.js';
import type { NamesHere, NameTypes, NameValues } from '../../../src/language/index.js';

const NAMES: NameTypes = {
  inputs: { said: 'string' },
  facts: {},
  roles: {},
  steps: {},
  secrets: [],
  advisories: [],
  versionSchemes: [],
};
const HERE: NamesHere = { hostRoles: [], extras: [], secrets: false, hop: false };

function evaluate(cel: string, said: string): unknown {
  const values = { input: () => said, extras: {} } as unknown as NameValues;
  return createExpressions(NAMES).evaluate(cel, HERE, values);
}

describe('version() in an expression', () => {
  it('reads a version out of text', () => {
    assert.equal(evaluate('version(inputs.said) < version("10.10")', '10.9 LTS'), true);
    assert.equal(evaluate('version(inputs.said).within(">= 2.0")', 'v2.1'), true);
  });

  for (const said of ['latest', '', 'not installed'])
    it(`does not take "${said}" for a version below every other`, () => {
      for (const cel of [
        'version(inputs.said) < version("1.0")',
        'version(inputs.said).within("< 1.0")',
        'version(inputs.said) == version("0")',
      ])
        assert.throws(
          () => evaluate(cel, said),
          (error) => error instanceof ExpressionError && error.message === `"${said}" is no version`,
          cel,
        );
    });
});
