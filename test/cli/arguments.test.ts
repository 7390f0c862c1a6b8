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

  it('knows which file belongs to which format', () => {
    const asked = (...words: readonly string[]): readonly (readonly (string | undefined)[])[] =>
      parseArguments(['lint', ...words]).formats.map(({ format, output }) => [format, output]);
    assert.deepEqual(asked(), []);
    assert.deepEqual(asked('--format', 'sarif', '-o', 'a', 'x.runbook.yaml', '--format=json'), [
      ['sarif', 'a'],
      ['json', undefined],
    ]);
    assert.deepEqual(asked('-o', 'a', '--format', 'json', '--output=b'), [
      [undefined, 'a'],
      ['json', 'b'],
    ]);
    assert.throws(() => asked('--format', 'json', '-o', 'a', '-o', 'b'), /-o b has no --format of its own/);
    assert.equal(parseArguments(['lint', '--format', 'a', '--format', 'b']).text('format'), 'b');
  });

  it('takes options of lint and diff, and what follows "--" as it is', () => {
    const args = parseArguments(['lint', '--fix', '--changed-since', 'main', '--', '--fix.runbook.yaml', '-']);
    assert.deepEqual(args.operands, ['--fix.runbook.yaml', '-']);
    assert.deepEqual([args.text('changed-since'), args.flag('fix')], ['main', true]);
    assert.deepEqual(parseArguments(['diff', 'a..b', '--policy', 'p.yaml', '-i', 'x.yaml']).operands, ['a..b']);
  });

  it('says in its own words what is wrong, and whose help to read', () => {
    const trouble = (...words: readonly string[]): string => {
      try {
        parseArguments(words);
      } catch (error) {
        if (error instanceof UsageError) return `${error.message} ${error.next}`;
      }
      return '';
    };
    assert.equal(trouble('lint', '--foo'), 'There is no option --foo; a file of that name comes after "--". See `runbook lint --help`.');
    assert.equal(trouble('--foo'), 'There is no option --foo; a file of that name comes after "--". See `runbook --help`.');
    assert.equal(trouble('lint', '--fix=1'), '--fix takes no value. See `runbook lint --help`.');
    for (const more of [[], ['--fix']])
      assert.equal(
        trouble('lint', '--config', ...more),
        '--config needs a value; write one that begins with "-" as --config=VALUE. See `runbook lint --help`.',
      );
    assert.equal(trouble('constructor'), 'There is no command "constructor". See `runbook --help`.');
  });

  for (const [words, message] of [
    [['fly'], /no command "fly"/],
    [['plan', '--fix'], /"runbook plan" takes no --fix/],
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
