import * as vscode from 'vscode';
import { DRAWN_AS } from '../../language/index.js';
import type { DocumentSymbol, LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** The outline and breadcrumbs of a runbook or an inventory: its parts, what they declare, phases and steps. */
export function provideDocumentSymbols(service: LanguageService): vscode.Disposable {
  const provider: vscode.DocumentSymbolProvider = {
    provideDocumentSymbols: (document) =>
      service.documentSymbols(fileOf(document.uri), document.getText()).map((symbol) => symbolOf(symbol, document)),
  };
  return vscode.languages.registerDocumentSymbolProvider(DOCUMENTS, provider, { label: 'Runbook' });
}

function symbolOf(
  { name, detail, kind, range, selection, children }: DocumentSymbol,
  document: vscode.TextDocument,
): vscode.DocumentSymbol {
  const drawn = vscode.SymbolKind[DRAWN_AS[kind]];
  const made = new vscode.DocumentSymbol(name, detail, drawn, rangeIn(document, range), rangeIn(document, selection));
  made.children = children.map((child) => symbolOf(child, document));
  return made;
}
