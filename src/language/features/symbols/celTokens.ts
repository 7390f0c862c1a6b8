/** One word of a CEL expression. */
export interface CelToken {
  readonly kind: 'name' | 'text' | 'number' | 'mark';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /(?<space>\s+|\/\/[^\n]*)|(?<text>(?:[bB]?[rR]|[rR][bB])(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"[^"]*"?|'[^']*'?)|[bB]?(?:"""(?:\\[^]|[^\\])*?(?:"""|$)|'''(?:\\[^]|[^\\])*?(?:'''|$)|"(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?))|(?<name>[A-Za-z_]\w*)|(?<number>\d[\w]*(?:\.\d\w*)?)|(?<mark>[^])/g;

/** Takes an expression apart, however broken. Blanks and comments are left out. */
export function celTokens(cel: string): readonly CelToken[] {
  const tokens: CelToken[] = [];
  for (const match of cel.matchAll(TOKEN)) {
    const { space, text, name, number } = match.groups ?? {};
    if (space !== undefined) continue;
    const kind = text !== undefined ? 'text' : name !== undefined ? 'name' : number !== undefined ? 'number' : 'mark';
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

/** A quoted text that is written as it is read, with its place; undefined for others. */
export function simpleText({
  kind,
  text,
  start,
}: CelToken): { readonly name: string; readonly range: { start: number; end: number } } | undefined {
  if (kind !== 'text') return undefined;
  const match = /^(["'])(\w+)\1$/.exec(text);
  return match === null ? undefined : { name: match[2] ?? '', range: { start: start + 1, end: start + text.length - 1 } };
}
