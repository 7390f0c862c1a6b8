import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Related documents, pictures and the runbooks that are used open from where they are named. */
export const documentLinks: Feature = {
  offer: () => ({ documentLinkProvider: {} }),
  answer: (session) =>
    session.connection.onDocumentLinks(({ textDocument }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const links = session.service.links(document.file, document.text);
      return links.map(({ range, target }) => ({ range: document.places.range(range), target: session.documents.uriOf(target) }));
    }),
};
