import assert from 'node:assert/strict';
import { CHANGE_KINDS, DEFAULT_POLICY, parsePolicy, violates } from '../../../src/review/index.js';

const FILE = '/.runbook-review.yaml';

describe('the policy of a review', () => {
  it('minds what is dangerous where nothing is written', () => {
    assert.deepEqual(parsePolicy(FILE, '# Nothing yet.\n').policy, DEFAULT_POLICY);
    assert.equal(violates({ kind: 'gate-removed', danger: 'dangerous' }, DEFAULT_POLICY), true);
    assert.equal(violates({ kind: 'timeout-raised', danger: 'notable' }, DEFAULT_POLICY), false);
  });

  it('is set by danger and by kind', () => {
    const { policy = DEFAULT_POLICY } = parsePolicy(FILE, 'fail_on: notable\nkinds: { script-changed: allow, renamed: fail }\n');
    assert.equal(violates({ kind: 'timeout-raised', danger: 'notable' }, policy), true);
    assert.equal(violates({ kind: 'script-changed', danger: 'dangerous' }, policy), false);
    assert.equal(violates({ kind: 'renamed', danger: 'harmless' }, policy), true);
    assert.equal(violates({ kind: 'moved', danger: 'harmless' }, policy), false);
  });

  it('may mind nothing but kinds', () => {
    const { policy = DEFAULT_POLICY } = parsePolicy(FILE, 'fail_on: never\nkinds: { gate-removed: fail }\n');
    assert.equal(violates({ kind: 'verify-removed', danger: 'dangerous' }, policy), false);
    assert.equal(violates({ kind: 'gate-removed', danger: 'dangerous' }, policy), true);
  });

  for (const [text, message, place] of [
    ['fail_on: dangerous\nkinds: { gate-remove: fail }\n', 'did you mean "gate-removed"', 'gate-remove'],
    ['fail_on: always\n', 'always', 'always'],
    ['script: rm\n', 'script', 'script'],
    ['a: &a [*a, *a]\n', '', ''],
    ['kinds: [\n', '', ''],
  ] as const)
    it(`sets nothing where it is wrong: ${JSON.stringify(text)}`, () => {
      const { policy, diagnostics } = parsePolicy(FILE, text);
      assert.equal(policy, undefined);
      const [first] = diagnostics;
      assert.ok(first !== undefined);
      assert.ok(first.message.includes(message), first.message);
      if (place !== '') assert.equal(text.slice(first.range.start, first.range.end), place);
    });

  it('kinds say what they are and how dangerous', () => {
    for (const [kind, { danger, title }] of Object.entries(CHANGE_KINDS)) {
      assert.match(kind, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(['dangerous', 'notable', 'harmless'].includes(danger));
      assert.ok(title.length > 10 && !/[.A-Z]$/.test(title), title);
    }
  });
});
