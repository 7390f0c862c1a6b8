import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isMap, isScalar, parseDocument, stringify } from 'yaml';
import type { Pair, Scalar } from 'yaml';
import { sourceRange } from '../../../src/language/text/scalarSource.js';

/** Source of the word `HERE` in the value under `a`. */
function sourceOfHere(text: string): string {
  const contents = parseDocument(text).contents;
  assert.ok(isMap(contents));
  const scalar = (contents.items[0] as Pair).value as Scalar<string>;
  assert.ok(isScalar(scalar) && scalar.range !== null && scalar.range !== undefined);
  const start = scalar.value.indexOf('HERE');
  const range = sourceRange(text, { start: scalar.range?.[0] ?? 0, end: scalar.range?.[1] ?? 0 }, scalar.value, { start, end: start + 4 });
  return text.slice(range.start, range.end);
}

describe('places inside scalars', () => {
  const texts = {
    plain: 'a: one HERE two\n',
    'plain over lines': 'a: one\n  two HERE\n',
    'single quotes': "a: 'it''s HERE'\n",
    'double quotes': 'a: "tab\\t \\u00e9 \\U0001F600 \\x41 HERE"\n',
    'double quotes over lines': 'a: "one \\\n  two HERE"\n',
    literal: 'a: |\n  one\n    two HERE\n',
    'literal with its indent said': 'a: |2-\n    one HERE\n',
    folded: 'a: >-\n  one\n  two\n\n  HERE\n',
    'with CRLF': 'a: |\r\n  one\r\n  HERE\r\n',
  };
  for (const [name, text] of Object.entries(texts)) it(name, () => assert.equal(sourceOfHere(text), 'HERE'));

  it('are right for any text in any style', () => {
    const word = fc.stringMatching(/^[a-z'"\\ \n:#é😀-]{0,30}$/u);
    fc.assert(
      fc.property(
        word,
        word,
        fc.constantFrom(
          'PLAIN' as const,
          'QUOTE_SINGLE' as const,
          'QUOTE_DOUBLE' as const,
          'BLOCK_LITERAL' as const,
          'BLOCK_FOLDED' as const,
        ),
        (before, after, style) => {
          const text = stringify({ a: `${before}HERE${after}` }, { defaultStringType: style, lineWidth: 20 });
          // Between double quotes, a word may be folded in its middle.
          return sourceOfHere(text).replace(/\\\n\s*/g, '') === 'HERE';
        },
      ),
    );
  });
});
