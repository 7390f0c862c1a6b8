import type { SelectionRange } from 'vscode-languageserver/node';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Grows a selection from a name to its expression, its text, its key, its step. */
export const selectionRanges: Feature = {
  offer: () => ({ selectionRangeProvider: true }),
  answer: (session) =>
    session.connection.onSelectionRanges(({ textDocument, positions }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const { file, text, places } = document;
      return positions.map((position) => {
        const ranges = session.service.selectionRanges(file, text, places.offset(position));
        let outer: SelectionRange | undefined;
        for (const range of [...ranges].reverse())
          outer = { range: places.range(range), ...(outer === undefined ? {} : { parent: outer }) };
        return outer ?? { range: { start: position, end: position } };
      });
    }),
};
