import { insideBrackets, splitOutside } from '../../../language/index.js';

/** A condition taken apart at its logical operators; what is left is compared or asked as a whole. */
export type BooleanParts =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly BooleanParts[] }
  | { readonly kind: 'not'; readonly part: BooleanParts }
  | { readonly kind: 'leaf'; readonly cel: string };

/** Takes a sound CEL condition apart. A choice with `?` stays whole. */
export function booleanParts(cel: string): BooleanParts {
  const text = cel.trim();
  const inner = insideBrackets(text);
  if (inner !== undefined) return booleanParts(inner);
  if (splitOutside(text, '?').length > 1) return { kind: 'leaf', cel: text };
  for (const [operator, kind] of [
    ['||', 'any'],
    ['&&', 'all'],
  ] as const) {
    const parts = splitOutside(text, operator);
    if (parts.length > 1) return { kind, parts: parts.map(booleanParts) };
  }
  return text.startsWith('!') ? { kind: 'not', part: booleanParts(text.slice(1)) } : { kind: 'leaf', cel: text };
}
