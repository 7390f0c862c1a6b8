import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../../language/index.js';
import type { SemanticToken } from '../../language/index.js';
import type { TextPlaces } from '../documents/textPlaces.js';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Tells names and the words of expressions apart by what they mean. */
export const semanticTokens: Feature = {
  offer: () => ({
    semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] }, full: true },
  }),
  answer: (session) =>
    session.connection.languages.semanticTokens.on(async ({ textDocument }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return { data: [] };
      const { file, text, places } = document;
      return { data: encoded(await session.service.semanticTokens(file, text), places) };
    }),
};

/** Five numbers for each word: lines and characters from the one before, its length, its type, and a bit for each modifier. */
function encoded(tokens: readonly SemanticToken[], places: TextPlaces): number[] {
  let [line, character] = [0, 0];
  return tokens.flatMap(({ type, modifiers, ...range }) => {
    const { start, end } = places.range(range);
    const from = start.line === line ? character : 0;
    const numbers = [start.line - line, start.character - from, end.character - start.character];
    ({ line, character } = start);
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
    return [...numbers, TOKEN_TYPES.indexOf(type), bits];
  });
}
