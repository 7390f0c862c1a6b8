import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Says within the lines what values mean. What only plans know is said by the command line. */
export const inlayHints: Feature = {
  offer: () => ({ inlayHintProvider: true }),
  answer: (session) =>
    session.connection.languages.inlayHint.on(async ({ textDocument, range }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const { file, text, places } = document;
      const found = await session.service.inlayHints(file, text, places.offsets(range));
      return found.map(({ at, label, tooltip }) => ({ position: places.position(at), label, tooltip, paddingLeft: true }));
    }),
};
