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
  if (splitAt(text, '?').length > 1) return { kind: 'leaf', cel: text };
  for (const [operator, kind] of [
    ['||', 'any'],
    ['&&', 'all'],
  ] as const) {
    const parts = splitAt(text, operator);
    if (parts.length > 1) return { kind, parts: parts.map(booleanParts) };
  }
  return text.startsWith('!') ? { kind: 'not', part: booleanParts(text.slice(1)) } : { kind: 'leaf', cel: text };
}

/** What stands in the brackets around a whole text. */
function insideBrackets(text: string): string | undefined {
  if (!text.startsWith('(')) return undefined;
  let closed: number | undefined;
  for (const { index, character, depth } of outsideOfText(text)) {
    if (character === ')' && depth === 0) {
      closed = index;
      break;
    }
  }
  return closed === text.length - 1 ? text.slice(1, -1) : undefined;
}

/** The parts between an operator where it stands in no brackets and no text. */
export function splitAt(text: string, operator: string): readonly string[] {
  const parts: string[] = [];
  let begin = 0;
  for (const { index, depth } of outsideOfText(text)) {
    if (depth !== 0 || index < begin || !text.startsWith(operator, index)) continue;
    parts.push(text.slice(begin, index));
    begin = index + operator.length;
  }
  return [...parts, text.slice(begin)];
}

/** Every character that is not within quotes, with how many brackets are open after it. */
function* outsideOfText(text: string): Generator<{ index: number; character: string; depth: number }> {
  let quote: string | undefined;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (quote !== undefined) {
      if (character === '\\') index++;
      else if (character === quote) quote = undefined;
      continue;
    }
    if (character === '"' || character === "'") {
      quote = character;
      continue;
    }
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    yield { index, character, depth };
  }
}
