import type { InitializeParams, MarkupContent } from 'vscode-languageserver/node';
import { showControls } from '../events/index.js';
import type { Encoding } from './documents/textPlaces.js';

/** What the editor at the other end can do with answers. Anything it does not say, it cannot. */
export interface Client {
  readonly encoding: Encoding;
  readonly snippets: boolean;
  /** Lines of a snippet may be left as they are; other editors indent them like the line they are put into. */
  readonly keepsIndentation: boolean;
  readonly markdownInCompletion: boolean;
  readonly markdownInHover: boolean;
  readonly markdownInSignature: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescriptions: boolean;
  readonly tags: boolean;
  readonly definitionLinks: boolean;
  readonly symbolTree: boolean;
  readonly codeActionLiterals: boolean;
  readonly versionedEdits: boolean;
  readonly preparesRename: boolean;
  readonly foldingLimit: number;
  readonly watchesFiles: boolean;
  readonly changesFolders: boolean;
}

/** Sentence by sentence what a client has said about itself. */
export function clientOf({ capabilities }: InitializeParams): Client {
  const { general, textDocument, workspace } = capabilities;
  const item = textDocument?.completion?.completionItem;
  const problems = textDocument?.publishDiagnostics;
  const encoding = general?.positionEncodings?.find((known): known is Encoding => known === 'utf-8' || known === 'utf-16');
  return {
    encoding: encoding ?? 'utf-16',
    snippets: item?.snippetSupport === true,
    keepsIndentation: item?.insertTextModeSupport?.valueSet.includes(1) === true,
    markdownInCompletion: item?.documentationFormat?.includes('markdown') === true,
    markdownInHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    markdownInSignature: textDocument?.signatureHelp?.signatureInformation?.documentationFormat?.includes('markdown') === true,
    relatedInformation: problems?.relatedInformation === true,
    codeDescriptions: problems?.codeDescriptionSupport === true,
    tags: problems?.tagSupport?.valueSet.includes(1) === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    foldingLimit: textDocument?.foldingRange?.rangeLimit ?? Infinity,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
  };
}

/** Markdown for a client, which takes it as it is or as plain text. */
export function markup(markdown: string, isUnderstood: boolean): MarkupContent {
  return { kind: isUnderstood ? 'markdown' : 'plaintext', value: showControls(markdown) };
}
