import { parseTemplate } from '../../expressions/template.js';
import type { JsonSchema } from '../../schema/jsonSchema.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { schemaWalk } from '../schemaWalk.js';
import { ScalarPlaces } from '../symbols/exactPlace.js';
import type { SymbolKind, SymbolTable } from '../symbols/symbol.js';
import { celColours } from './celColours.js';
import type { SemanticToken, TokenModifier, TokenType } from './token.js';

/** What names are shown as. Paths, environments and anchors are left to the colours of their notation. */
const OF_SYMBOLS: Readonly<Partial<Record<SymbolKind, TokenType>>> = {
  input: 'parameter',
  fact: 'variable',
  secret: 'variable',
  contact: 'variable',
  document: 'namespace',
  scheme: 'type',
  field: 'property',
  role: 'class',
  variable: 'property',
  procedure: 'function',
  step: 'label',
  value: 'property',
  method: 'method',
  advisory: 'event',
  host: 'variable',
  local: 'variable',
};

/** The words of a file that are names, and all words of its expressions, by what they mean. In order; none touches another or goes over a line. */
export function semanticTokensOf(root: SyntaxNode | undefined, schema: JsonSchema, table: SymbolTable): readonly SemanticToken[] {
  const { text } = table;
  const names = namesIn(table);
  const words = [...wordsIn(text, root, schema)].flatMap((word) => parted(word, text));
  // A name within quotes is a name, and what a name is known to be counts for more than what it looks like.
  const taken = new Set(names.map(({ start }) => start));
  let next = 0;
  const others = words.filter((word) => {
    while (next < names.length && (names[next]?.end ?? 0) <= word.start) next++;
    const name = names[next];
    return !taken.has(word.start) && (name === undefined || name.start >= word.end);
  });
  return [...names, ...others].sort((a, b) => a.start - b.start).filter((token, index, all) => token.start >= (all[index - 1]?.end ?? 0));
}

function namesIn({ occurrences, text }: SymbolTable): readonly SemanticToken[] {
  return occurrences.flatMap(({ range, meanings, declares, isPath }) => {
    const kind = meanings.flat()[0]?.kind;
    const type = kind === undefined || isPath ? undefined : OF_SYMBOLS[kind];
    if (type === undefined || range.end <= range.start) return [];
    const modifiers: TokenModifier[] = [
      ...(declares ? (['declaration'] as const) : []),
      ...(kind === 'secret' ? (['readonly'] as const) : []),
    ];
    return parted({ ...range, type, modifiers }, text);
  });
}

function* wordsIn(text: string, root: SyntaxNode | undefined, schema: JsonSchema): Generator<SemanticToken> {
  for (const place of schemaWalk(root, schema)) {
    if (place.kind !== 'scalar' || typeof place.node.value !== 'string') continue;
    const { node, schema: branch } = place;
    const value = place.node.value;
    const expressions =
      branch.format === 'cel'
        ? [{ cel: value, start: 0 }]
        : (branch.format === 'template' || branch.format === 'markdown') && value.includes('${{')
          ? parseTemplate(value).parts.flatMap((part) => (part.kind === 'expression' ? [{ cel: part.cel, start: part.range.start }] : []))
          : [];
    if (expressions.length === 0) continue;
    const places = new ScalarPlaces(text, node);
    for (const { cel, start } of expressions)
      for (const word of celColours(cel)) yield { ...word, ...places.at(start + word.start, start + word.end).range };
  }
}

/** A word that goes over several lines, line by line. */
function parted(token: SemanticToken, text: string): readonly SemanticToken[] {
  const source = text.slice(token.start, token.end);
  if (!/[\r\n]/.test(source)) return token.end > token.start ? [token] : [];
  return [...source.matchAll(/[^\r\n]+/g)].flatMap(({ index, 0: line }) => {
    const start = token.start + index + (line.length - line.trimStart().length);
    const end = token.start + index + line.trimEnd().length;
    return end > start ? [{ ...token, start, end }] : [];
  });
}
