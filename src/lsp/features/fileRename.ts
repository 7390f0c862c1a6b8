import { fileOf } from '../documents/addresses.js';
import type { Feature } from './feature.js';
import { workspaceEditOf } from './workspaceEdit.js';

const ANY_FILE_OR_FOLDER = { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] };

/** When files or folders move in the editor, the paths in runbooks that lead to them, and from them, go along in the same step. */
export const fileRename: Feature = {
  offer: () => ({ workspace: { fileOperations: { willRename: ANY_FILE_OR_FOLDER } } }),
  answer: (session) =>
    session.connection.workspace.onWillRenameFiles(async ({ files }) => {
      const moves = files.map(({ oldUri, newUri }) => ({ from: fileOf(oldUri), to: fileOf(newUri) }));
      const stood = session.documents.all;
      const { edits } = await session.service.moveFiles(moves);
      return edits.size === 0 ? null : workspaceEditOf(edits, session, stood);
    }),
};
