import { documentOf, refused } from './feature.js';
import type { Feature } from './feature.js';
import { workspaceEditOf } from './workspaceEdit.js';

const NOT_OURS = 'only names of runbooks and inventories can be changed here';

/** Changes a name wherever it stands. Where that cannot be right, the answer is an error that says why. */
export const rename: Feature = {
  offer: ({ preparesRename }) => ({ renameProvider: preparesRename ? { prepareProvider: true } : true }),
  answer(session) {
    const { connection, service } = session;
    const preparing = connection.onPrepareRename(async ({ textDocument, position }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) throw refused(NOT_OURS);
      const start = await service.prepareRename(document.file, document.text, document.places.offset(position));
      if ('refusal' in start) throw refused(start.refusal);
      return { range: document.places.range(start.range), placeholder: start.name };
    });
    const renaming = connection.onRenameRequest(async ({ textDocument, position, newName }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) throw refused(NOT_OURS);
      const stood = session.documents.all;
      const result = await service.rename(document.file, document.text, document.places.offset(position), newName);
      if ('refusal' in result) throw refused(result.refusal);
      return workspaceEditOf(result.edits, session, stood);
    });
    return {
      dispose() {
        preparing.dispose();
        renaming.dispose();
      },
    };
  },
};
