import { Document, isCollection, isMap, isScalar, isSeq, Scalar, visit } from 'yaml';
import type { Random } from './random.js';

/**
 * The same document as another author would write it: other quotes, flow and block style, comments, blank lines, another order of keys
 * where it means nothing. The order of `methods` means which way is preferred; the aliases are written out.
 */
export function restyled(data: unknown, random: Random): string {
  const document = new Document(JSON.parse(JSON.stringify(data)), { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_key, pair) => {
      if (isScalar(pair.key) && pair.key.value === 'methods') return visit.SKIP;
      if (random.oneIn(6) && isScalar(pair.key)) {
        pair.key.commentBefore = random.pick([' Read this twice.', ' - id: not_a_step\n   on: nobody', ' ${{ inputs.nothing }}']);
        pair.key.spaceBefore = true;
      }
      return undefined;
    },
    Map: (_key, map) => {
      map.items = random.shuffled(map.items);
    },
    Scalar: (key, scalar) => {
      if (typeof scalar.value !== 'string') return;
      const types = [Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE, Scalar.PLAIN] as const;
      scalar.type = key !== 'key' && random.oneIn(6) ? Scalar.BLOCK_LITERAL : random.pick(types);
    },
  });
  visit(document, {
    Collection: (_key, node) => {
      if (!isMap(node) && !isSeq(node)) return undefined;
      if (hasComment(node) || !random.oneIn(4)) return undefined;
      node.flow = true;
      return visit.SKIP;
    },
  });
  return document.toString({ indent: random.pick([2, 4]), lineWidth: random.pick([0, 60, 120]), indentSeq: random.oneIn(2) });
}

function hasComment(node: unknown): boolean {
  let found = false;
  if (!isCollection(node)) return false;
  visit(node, {
    Scalar: (_key, scalar) => {
      if (scalar.commentBefore === undefined) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}
