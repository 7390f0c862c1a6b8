/** The boolean skeleton of a condition: what stands between `&&`, `||` and `!`. */
export type Formula =
  | { readonly kind: 'atom'; readonly cel: string }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Formula[] };

const OPENING = '([{';
const CLOSING = ')]}';

/** Takes a CEL expression apart as far as its boolean operators go. Anything else stays whole, as an atom. Never throws. */
export function parseFormula(text: string): Formula {
  const cel = text.trim();
  const inner = unwrapped(cel);
  if (inner !== undefined) return parseFormula(inner);
  // A choice `a ? b : c` binds weaker than everything else.
  if (splitAt(cel, '?').length > 1) return { kind: 'atom', cel };
  const alternatives = splitAt(cel, '||');
  if (alternatives.length > 1) return { kind: 'any', of: alternatives.map(parseFormula) };
  const parts = splitAt(cel, '&&');
  if (parts.length > 1) return { kind: 'all', of: parts.map(parseFormula) };
  if (cel.startsWith('!') && !hasComparison(cel.slice(1))) return { kind: 'not', of: parseFormula(cel.slice(1)) };
  return { kind: 'atom', cel };
}

/** What stands in a pair of parentheses around the whole text. */
function unwrapped(cel: string): string | undefined {
  if (!cel.startsWith('(') || !cel.endsWith(')')) return undefined;
  let closesAt = -1;
  scan(cel, (index, depth) => {
    if (depth === 0 && closesAt < 0 && cel[index] === ')') closesAt = index;
  });
  return closesAt === cel.length - 1 ? cel.slice(1, -1) : undefined;
}

function hasComparison(cel: string): boolean {
  return ['==', '!=', '<', '>', ' in '].some((operator) => splitAt(cel, operator).length > 1);
}

function splitAt(cel: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  scan(cel, (index, depth) => {
    if (depth !== 0 || index < from || !cel.startsWith(separator, index)) return;
    parts.push(cel.slice(from, index));
    from = index + separator.length;
  });
  return [...parts, cel.slice(from)];
}

/** Calls for each character outside of quotes, with the number of brackets around it; that of a bracket itself is the outer one. */
function scan(cel: string, visit: (index: number, depth: number) => void): void {
  let quote: string | undefined;
  let depth = 0;
  for (let index = 0; index < cel.length; index++) {
    const char = cel.charAt(index);
    if (quote !== undefined) {
      if (char === '\\') index++;
      else if (char === quote) quote = undefined;
      continue;
    }
    if (char === '"' || char === "'") quote = char;
    if (CLOSING.includes(char)) depth--;
    visit(index, depth);
    if (OPENING.includes(char)) depth++;
  }
}
