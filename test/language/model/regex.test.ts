import assert from 'node:assert/strict';
import { checkRegex, compileRegex, matchWhole } from '../../../src/language/index.js';

describe('patterns', () => {
  const matching: readonly (readonly [pattern: string, text: string])[] = [
    ['previously installed version .* is running', 'the previously installed version 6.1 is running'],
    ['^version: (.*)$', 'a\nversion: 3\nb'],
    [String.raw`(\.\d+)*$`, '.1.2.3'],
    ['[y/n]', 'n'],
    ['(?i)Continue\\?', 'CONTINUE?'],
    ['\\-\\_\\"', '-_"'],
    ['a{2', 'a{2'],
    ['}', '}'],
    ['[]a]', ']'],
    ['[^]a]', 'b'],
    ['[a-c\\-]+', 'a-c'],
    ['(?P<major>\\d+)', '12'],
    ['\\x41\\x{1F600}', 'A😀'],
    ['(foo|bar)+', 'foobar'],
    ['\\p{Lu}', 'É'],
    ['.', '😀'],
  ];
  for (const [pattern, text] of matching) {
    it(`${pattern} matches ${JSON.stringify(text)}`, () => {
      assert.equal(checkRegex(pattern), undefined);
      assert.ok(compileRegex(pattern).test(text));
    });
  }

  const refused = [
    '(?=x)',
    '(?!x)',
    '(?<=x)',
    '(?<!x)',
    '\\1',
    '\\k<a>',
    '[[:alpha:]]',
    'x**',
    'x*+',
    '*',
    'a|*',
    '(',
    ')',
    '[a',
    '[z-a]',
    '\\',
    '\\q',
    '(?>a)',
    '(?m)a',
    'a(?i)b',
    'a{3,2}',
    'a{1001}',
    '^*',
    '\\p{Greek}',
    '(?<a>x)(?<a>y)',
    '['.repeat(2000),
    '('.repeat(50) + ')'.repeat(50),
  ];
  for (const pattern of refused) {
    it(`${pattern.slice(0, 30)} is refused, with a place and a next step`, () => {
      const problem = checkRegex(pattern);
      assert.ok(problem !== undefined);
      assert.match(problem.message, /; /);
      assert.ok(problem.range.start >= 0 && problem.range.start <= problem.range.end && problem.range.end <= pattern.length);
      assert.throws(() => compileRegex(pattern));
    });
  }

  const slow = [
    '(a+)+$',
    '(a|a)*$',
    '^(a|a)*$',
    '(a*)*',
    '(.*)*x',
    '(\\w+\\s?)*$',
    '(a|aa)+$',
    '([a-z]+)*1',
    '(a?)*b',
    '((a+))+b',
    '(.*a){25}',
    '(x+x+)+y',
    '(\\d+|\\w+)*$',
    '(?i)(a|A)*$',
  ];
  for (const pattern of slow)
    it(`${pattern} could take for ever and is refused`, () => assert.match(checkRegex(pattern)?.message ?? '', /for ever/));

  it('that are accepted end quickly on text made to slow them', () => {
    for (const pattern of ['(\\.\\d+)*$', '(ab)+$', '(foo|bar)+$', '(a{0,20}b)+$', '(-\\w+)*$'].filter(
      (candidate) => checkRegex(candidate) === undefined,
    )) {
      const began = performance.now();
      compileRegex(pattern).test(`${'.1'.repeat(200)}${'ab'.repeat(200)}${'foobar'.repeat(100)}${'-a'.repeat(200)}!`);
      assert.ok(performance.now() - began < 50, pattern);
    }
  });

  it('match a whole text from its first to its last character', () => {
    assert.ok(matchWhole('a|b', 'b'));
    assert.equal(matchWhole('a|b', 'ab'), undefined);
    assert.equal(matchWhole('a', 'a\nb'), undefined);
  });
});
