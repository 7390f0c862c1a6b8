import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Puts the line that was just begun where it belongs, with a dash where a list goes on. */
export const onEnter: Feature = {
  offer: () => ({ documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' } }),
  answer: (session) =>
    session.connection.onDocumentOnTypeFormatting(({ textDocument, position }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const { file, text, places } = document;
      return session.service.onEnter(file, text, places.offset(position)).map((edit) => places.edit(edit));
    }),
};
