import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Lays a runbook or an inventory out in the house style. What the editor says of tabs and widths does not matter: the style is one. */
export const formatting: Feature = {
  offer: () => ({ documentFormattingProvider: true }),
  answer: (session) =>
    session.connection.onDocumentFormatting(({ textDocument }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      return session.service.format(document.file, document.text).map((edit) => document.places.edit(edit));
    }),
};
