import type { WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextEdit } from '../../language/index.js';
import type { Session } from '../session.js';

/** Edits of files as the client makes them; of open files, for the version they were made for where it minds. */
export async function workspaceEditOf(edits: ReadonlyMap<string, readonly TextEdit[]>, session: Session): Promise<WorkspaceEdit> {
  const { client, documents, placesOf } = session;
  const changed = await Promise.all(
    [...edits].map(async ([file, ofFile]) => {
      const places = await placesOf(file);
      const version = documents.ofFile(file)?.version ?? null;
      return { uri: documents.uriOf(file), version, edits: ofFile.map((edit) => places.edit(edit)) };
    }),
  );
  if (!client.versionedEdits) return { changes: Object.fromEntries(changed.map((change) => [change.uri, change.edits])) };
  return { documentChanges: changed.map(({ uri, version, edits: made }) => ({ textDocument: { uri, version }, edits: made })) };
}
