import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Disposable, ServerCapabilities } from 'vscode-languageserver/node';
import type { Client } from '../client.js';
import type { OpenDocument } from '../documents/openDocuments.js';
import type { Problems } from '../problems/problems.js';
import type { Session } from '../session.js';

/** One thing the server does for writers. */
export interface Feature {
  /** What the client is told of it. */
  offer(client: Client): ServerCapabilities;
  /** Begins to answer. */
  answer(session: Session, problems: Problems): Disposable;
}

/** The document a request is about; undefined for one that is neither a runbook nor an inventory. Throws for one that is not open. */
export function documentOf({ documents }: Session, { uri }: { readonly uri: string }): OpenDocument | undefined {
  const document = documents.at(uri);
  if (document === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${uri} is not open; open it first`);
  return document.isOurs ? document : undefined;
}

/** The answer to a request that was understood and cannot be met, with the reason for the author. */
export function refused(sentence: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}
