/** A character of an expression that stands in no text. */
export interface OutsideCharacter {
  readonly index: number;
  readonly character: string;
  /** How many brackets are open around it; that of a bracket itself is the outer one. */
  readonly depth: number;
}

/**
 * Every character of a CEL expression that stands in no quoted text: plain, raw (`r"\"`), bytes, or in three quotes. Comments are gone
 * through as if they were code: the linter refuses them. Never throws; an unclosed text goes to the end.
 */
export function* outsideOfText(cel: string): Generator<OutsideCharacter> {
  let depth = 0;
  for (let index = 0; index < cel.length; index++) {
    const character = cel.charAt(index);
    if (character === '"' || character === "'") {
      index = endOfText(cel, index, /(?:^|\W)[bB]?[rR][bB]?$/.test(cel.slice(Math.max(0, index - 3), index))) - 1;
      continue;
    }
    if (')]}'.includes(character)) depth--;
    yield { index, character, depth };
    if ('([{'.includes(character)) depth++;
  }
}

/** The parts between an operator where it stands in no brackets and no text. */
export function splitOutside(cel: string, operator: string): readonly string[] {
  const parts: string[] = [];
  let begin = 0;
  for (const { index, depth } of outsideOfText(cel)) {
    if (depth !== 0 || index < begin || !cel.startsWith(operator, index)) continue;
    parts.push(cel.slice(begin, index));
    begin = index + operator.length;
  }
  return [...parts, cel.slice(begin)];
}

/** What stands in the brackets around a whole expression; undefined where there are none. */
export function insideBrackets(cel: string): string | undefined {
  if (!cel.startsWith('(')) return undefined;
  for (const { index, character, depth } of outsideOfText(cel))
    if (character === ')' && depth === 0) return index === cel.length - 1 ? cel.slice(1, -1) : undefined;
  return undefined;
}

/** Where a comment begins; undefined without one. */
export function commentIn(cel: string): number | undefined {
  if (!cel.includes('//')) return undefined;
  for (const { index } of outsideOfText(cel)) if (cel.startsWith('//', index)) return index;
  return undefined;
}

function endOfText(cel: string, start: number, raw: boolean): number {
  const quote = cel.charAt(start);
  const closing = cel.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let index = start + closing.length; index < cel.length; index++) {
    if (!raw && cel.charAt(index) === '\\') index++;
    else if (cel.startsWith(closing, index)) return index + closing.length;
  }
  return cel.length;
}
