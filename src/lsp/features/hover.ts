import { markup } from '../client.js';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Explains the key, the value or the name under the pointer. */
export const hover: Feature = {
  offer: () => ({ hoverProvider: true }),
  answer: (session) =>
    session.connection.onHover(async ({ textDocument, position }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const { file, text, places } = document;
      const found = await session.service.hover(file, text, places.offset(position));
      if (found === undefined) return null;
      return { contents: markup(found.markdown, session.client.markdownInHover), range: places.range(found.range) };
    }),
};
