import { isScalar, parseDocument, stringify, visit } from 'yaml';
import { copyOf, written } from '../../../mutants/support/tree.js';

/** A document in other spellings, each with what is different about it. */
export function* respellings(text: string): Generator<readonly [string, string]> {
  const tree = copyOf(text);
  const isInText = insideText(text);
  yield ['blocks', written(tree)];
  yield ['one line each', stringify(tree, { collectionStyle: 'flow', lineWidth: 0, aliasDuplicateObjects: false })];
  yield [
    'quotes',
    stringify(tree, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0, aliasDuplicateObjects: false }),
  ];
  yield ['deep indentation', stringify(tree, { indent: 6, aliasDuplicateObjects: false })];
  yield ['Windows line ends', text.replaceAll('\n', '\r\n')];
  yield [
    'comments',
    text.replaceAll(/^(\s*)(- |[a-z_]+:)/gm, (line, indent: string, at: number) => (isInText(at) ? line : `${indent}# A remark.\n${line}`)),
  ];
  yield ['another order of keys', reversed(text)];
  yield [
    'seconds for minutes',
    written(tree).replaceAll(
      /^(\s*(?:- )?(?:timeout|every|estimate): )(\d+)m$/gm,
      (_whole, key: string, count: string) => `${key}${String(Number(count) * 60)}s`,
    ),
  ];
}

/** Whether a place is within a scalar, where a comment would be text. */
function insideText(text: string): (at: number) => boolean {
  const inside = new Uint8Array(text.length + 1);
  visit(parseDocument(text), {
    Scalar: (_key, node) => {
      const [start = 0, end = 0] = node.range ?? [];
      if (typeof node.value === 'string') inside.fill(1, start + 1, Math.max(start + 1, end));
    },
  });
  return (at) => inside[at] === 1;
}

function reversed(text: string): string {
  const document = parseDocument(written(copyOf(text)));
  visit(document, {
    Map: (key, map, path) => {
      const above = path.at(-1);
      // The order of ways has a meaning.
      const isMethods = above !== undefined && 'key' in above && isScalar(above.key) && above.key.value === 'methods';
      if (!isMethods && key !== null) map.items.reverse();
    },
  });
  return document.toString({ lineWidth: 0 });
}
