import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Every place that names the same thing, in runbooks and inventories. */
export const references: Feature = {
  offer: () => ({ referencesProvider: true }),
  answer: (session) =>
    session.connection.onReferences(async ({ textDocument, position, context }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const { file, text, places } = document;
      const wanted = { declarations: context.includeDeclaration };
      const found = await session.service.references(file, text, places.offset(position), wanted);
      return Promise.all(
        found.map(async (place) => ({
          uri: session.documents.uriOf(place.file),
          range: (await session.placesOf(place.file)).range(place.range),
        })),
      );
    }),
};
