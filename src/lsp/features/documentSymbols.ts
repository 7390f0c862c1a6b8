import { SymbolKind } from 'vscode-languageserver/node';
import type { DocumentSymbol as ShownSymbol, SymbolInformation } from 'vscode-languageserver/node';
import { DRAWN_AS } from '../../language/index.js';
import type { DocumentSymbol } from '../../language/index.js';
import type { OpenDocument } from '../documents/openDocuments.js';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** The outline of a runbook or an inventory: its parts, what they declare, phases and steps; as a list for clients without trees. */
export const documentSymbols: Feature = {
  offer: () => ({ documentSymbolProvider: { label: 'Runbook' } }),
  answer: (session) =>
    session.connection.onDocumentSymbol(({ textDocument }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const symbols = session.service.documentSymbols(document.file, document.text);
      if (session.client.symbolTree) return symbols.map((symbol) => shownSymbol(symbol, document));
      return symbols.flatMap((symbol) => listed(symbol, document, undefined));
    }),
};

function shownSymbol({ name, detail, kind, range, selection, children }: DocumentSymbol, document: OpenDocument): ShownSymbol {
  return {
    name,
    detail,
    kind: SymbolKind[DRAWN_AS[kind]],
    range: document.places.range(range),
    selectionRange: document.places.range(selection),
    children: children.map((child) => shownSymbol(child, document)),
  };
}

function listed(
  { name, kind, range, children }: DocumentSymbol,
  document: OpenDocument,
  container: string | undefined,
): SymbolInformation[] {
  const own = {
    name,
    kind: SymbolKind[DRAWN_AS[kind]],
    location: { uri: document.uri, range: document.places.range(range) },
    ...(container === undefined ? {} : { containerName: container }),
  };
  return [own, ...children.flatMap((child) => listed(child, document, name))];
}
