import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Leads from a name to where it is declared, in whichever file. */
export const definition: Feature = {
  offer: () => ({ definitionProvider: true }),
  answer: (session) =>
    session.connection.onDefinition(async ({ textDocument, position }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const found = await session.service.definition(document.file, document.text, document.places.offset(position));
      if (found === undefined) return null;
      const origin = document.places.range(found.origin);
      const links = await Promise.all(
        found.places.map(async ({ file, range, whole }) => {
          const places = await session.placesOf(file);
          return {
            originSelectionRange: origin,
            targetUri: session.documents.uriOf(file),
            targetRange: places.range(whole ?? range),
            targetSelectionRange: places.range(range),
          };
        }),
      );
      if (session.client.definitionLinks) return links;
      return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
    }),
};
