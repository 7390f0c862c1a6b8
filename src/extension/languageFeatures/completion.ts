import * as vscode from 'vscode';
import { showControls } from '../../events/index.js';
import type { CompletionItem, LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

const KIND: Readonly<Record<CompletionItem['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  reference: vscode.CompletionItemKind.Reference,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** Offers keys, values and names that may stand at the cursor. */
export function provideCompletion(service: LanguageService): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    provideCompletionItems: (document, position) =>
      service.complete(fileOf(document.uri), document.getText(), document.offsetAt(position)).map((item) => completionOf(item, document)),
  };
  return vscode.languages.registerCompletionItemProvider(DOCUMENTS, provider, ' ', '.', '#', '"');
}

function completionOf(item: CompletionItem, document: vscode.TextDocument): vscode.CompletionItem {
  const made = new vscode.CompletionItem(item.label, KIND[item.kind]);
  made.range = rangeIn(document, item.edit.range);
  made.insertText = item.kind === 'snippet' ? new vscode.SnippetString(item.edit.text) : item.edit.text;
  if (item.detail !== undefined) made.detail = item.detail;
  if (item.documentation !== undefined) made.documentation = new vscode.MarkdownString(showControls(item.documentation));
  return made;
}
