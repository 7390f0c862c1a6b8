import assert from 'node:assert/strict';
import { excluder, globMatcher, isGlob } from '../../../src/review/index.js';

describe('globMatcher', () => {
  for (const [pattern, yes, no] of [
    ['*.yaml', ['a.yaml', '.yaml', 'a.b.yaml'], ['a/b.yaml', 'a.yml', 'yaml']],
    ['**/*.yaml', ['a.yaml', 'a/b.yaml', 'a/b/c.yaml'], ['a.yml']],
    ['a/**', ['a/b', 'a/b/c', 'a'], ['ab', 'b/a']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/bb', 'x/a/b']],
    ['./a/?.yaml', ['a/x.yaml', 'a/ü.yaml', 'a/😀.yaml'], ['a/xy.yaml', 'a/.yaml']],
    ['[a-c]x', ['ax', 'cx'], ['dx', 'x', 'a-x']],
    ['[!a-c]x', ['dx', '!x'], ['ax']],
    ['[ab', ['[ab'], ['a']],
    ['{a,b}/{c,d}.y', ['a/c.y', 'b/d.y'], ['a/a.y']],
    ['{a,b{c,d}}', ['a', 'bc', 'bd'], ['b']],
    ['a{b', ['a{b'], ['ab']],
    ['a}b{c,d}', ['a}bc'], ['abc']],
    ['**', ['', 'a', 'a/b'], []],
    ['x.(y|z)+$', ['x.(y|z)+$'], ['x.y']],
  ] as const)
    it(pattern, () => {
      const matches = globMatcher(pattern);
      for (const path of yes) assert.ok(matches(path), path);
      for (const path of no) assert.ok(!matches(path), path);
    });

  it('takes no longer for a pattern of ill will', () => {
    const started = performance.now();
    for (const pattern of ['*a'.repeat(200), '**/'.repeat(150) + 'x', '{a,b}'.repeat(90), '['.repeat(400), '{'.repeat(400)])
      assert.equal(globMatcher(pattern)(`${'a'.repeat(200)}/${'a/'.repeat(100)}b`), false);
    assert.ok(performance.now() - started < 3_000);
  });

  it('tells patterns from paths', () => {
    assert.deepEqual(['a*', 'a?', '[a]', '{a}', 'a/b.yaml'].map(isGlob), [true, true, true, true, false]);
  });
});

describe('excluder', () => {
  it('leaves out what a pattern matches, and all that is in a folder that it matches', () => {
    const excludes = excluder(['drafts', '**/old_*', 'a/*.runbook.yaml']);
    for (const path of ['drafts/x.yaml', 'drafts/deep/x.yaml', 'b/old_things/x.yaml', 'old_x.yaml', 'a/x.runbook.yaml'])
      assert.ok(excludes(path), path);
    for (const path of ['draft/x.yaml', 'b/drafts/x.yaml', 'a/b/x.runbook.yaml', 'x.yaml']) assert.ok(!excludes(path), path);
    assert.ok(!excluder([])('anything'));
  });
});
