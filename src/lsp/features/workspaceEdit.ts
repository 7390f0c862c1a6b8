import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextEdit } from '../../language/index.js';
import type { OpenDocument } from '../documents/openDocuments.js';
import type { Session } from '../session.js';

/**
 * Edits of files as the client makes them; of open files, for the version they were made for where it minds. `stood`: the open documents when the
 * edits were asked for. Throws when one of them has changed since: the edits were made for a text that is no more.
 */
export async function workspaceEditOf(
  edits: ReadonlyMap<string, readonly TextEdit[]>,
  session: Session,
  stood: readonly OpenDocument[],
): Promise<WorkspaceEdit> {
  const { client, documents, placesOf } = session;
  const changed = await Promise.all(
    [...edits].map(async ([file, ofFile]) => {
      const document = stood.find((one) => one.file === file);
      const places = document?.places ?? (await placesOf(file));
      assertUnchanged(session, file, document);
      return { uri: documents.uriOf(file), version: document?.version ?? null, edits: ofFile.map((edit) => places.edit(edit)) };
    }),
  );
  if (!client.versionedEdits) return { changes: Object.fromEntries(changed.map((change) => [change.uri, change.edits])) };
  return { documentChanges: changed.map(({ uri, version, edits: made }) => ({ textDocument: { uri, version }, edits: made })) };
}

/** Throws when a file is not as it stood, open or not open; the client asks again for what it still wants. */
export function assertUnchanged({ documents }: Session, file: string, document: OpenDocument | undefined): void {
  if (documents.ofFile(file) !== document)
    throw new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed meanwhile; try again');
}
