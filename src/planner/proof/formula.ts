import { insideBrackets, splitOutside } from '../../language/index.js';

/** The boolean skeleton of a condition: what stands between `&&`, `||` and `!`. */
export type Formula =
  | { readonly kind: 'atom'; readonly cel: string }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Formula[] };

/** Takes a CEL expression without comments apart as far as its boolean operators go. Anything else stays whole, as an atom. Never throws. */
export function parseFormula(text: string): Formula {
  const cel = text.trim();
  const inner = insideBrackets(cel);
  if (inner !== undefined) return parseFormula(inner);
  // A choice `a ? b : c` binds weaker than everything else.
  if (splitOutside(cel, '?').length > 1) return { kind: 'atom', cel };
  const alternatives = splitOutside(cel, '||');
  if (alternatives.length > 1) return { kind: 'any', of: alternatives.map(parseFormula) };
  const parts = splitOutside(cel, '&&');
  if (parts.length > 1) return { kind: 'all', of: parts.map(parseFormula) };
  if (cel.startsWith('!') && !hasComparison(cel.slice(1))) return { kind: 'not', of: parseFormula(cel.slice(1)) };
  return { kind: 'atom', cel };
}

function hasComparison(cel: string): boolean {
  return ['==', '!=', '<', '>', ' in '].some((operator) => splitOutside(cel, operator).length > 1);
}
