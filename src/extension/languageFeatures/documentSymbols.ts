import * as vscode from 'vscode';
import type { LanguageService, OutlineNode } from '../../language/index.js';
import { fileOf, RUNBOOK } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** The outline of a runbook: sections, phases and steps. */
export function provideDocumentSymbols(service: LanguageService): vscode.Disposable {
  const provider: vscode.DocumentSymbolProvider = {
    provideDocumentSymbols: (document) => service.outline(fileOf(document.uri), document.getText()).map((node) => symbolOf(node, document)),
  };
  return vscode.languages.registerDocumentSymbolProvider({ language: RUNBOOK }, provider, { label: 'Runbook' });
}

function symbolOf(node: OutlineNode, document: vscode.TextDocument): vscode.DocumentSymbol {
  const range = rangeIn(document, node.range);
  const selection = rangeIn(document, node.selection);
  const kind = node.children.length > 0 ? vscode.SymbolKind.Namespace : vscode.SymbolKind.Event;
  const symbol = new vscode.DocumentSymbol(
    node.title === '' ? (node.id ?? 'step') : node.title,
    node.action ?? '',
    kind,
    range,
    range.contains(selection) ? selection : range,
  );
  symbol.children = node.children.map((child) => symbolOf(child, document));
  return symbol;
}
