import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.js';
import { UsageError } from '../../src/cli/usage.js';

describe('parseArguments', () => {
  it('takes a command, its operands and its options', () => {
    const args = parseArguments(['run', 'a.runbook.yaml', '-i', 'x.yaml', '--set', 'a=1', '--set', 'b=2', '--yes']);
    assert.equal(args.command, 'run');
    assert.deepEqual(args.operands, ['a.runbook.yaml']);
    assert.equal(args.text('inventory'), 'x.yaml');
    assert.deepEqual(args.list('set'), ['a=1', 'b=2']);
    assert.equal(args.flag('yes'), true);
    assert.equal(args.flag('headless'), false);
  });

  for (const [words, message] of [
    [['fly'], /no command "fly"/],
    [['lint', '--yes'], /"runbook lint" takes no --yes/],
    [['runs', '--frmat', 'x'], /frmat/],
    [['run', '--inventory'], /inventory/],
  ] as const) {
    it(`refuses ${words.join(' ')}`, () => {
      assert.throws(
        () => parseArguments(words),
        (error: unknown) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
