import * as vscode from 'vscode';
import { showControls } from '../../events/index.js';
import { COMPLETION_TRIGGERS } from '../../language/index.js';
import type { CompletionItem, LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

const KIND: Readonly<Record<CompletionItem['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  reference: vscode.CompletionItemKind.Reference,
  snippet: vscode.CompletionItemKind.Snippet,
  function: vscode.CompletionItemKind.Function,
  file: vscode.CompletionItemKind.File,
};

const SUGGEST: vscode.Command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };

/** Offers keys, values and names that may stand at the cursor. */
export function provideCompletion(service: LanguageService): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const items = await service.complete(fileOf(document.uri), document.getText(), document.offsetAt(position));
      return items.map((item) => completionOf(item, document));
    },
  };
  return vscode.languages.registerCompletionItemProvider(DOCUMENTS, provider, ...COMPLETION_TRIGGERS);
}

function completionOf(item: CompletionItem, document: vscode.TextDocument): vscode.CompletionItem {
  const made = new vscode.CompletionItem(item.label, KIND[item.kind]);
  made.range = rangeIn(document, item.edit.range);
  made.insertText = item.format === 'snippet' ? new vscode.SnippetString(item.edit.text) : item.edit.text;
  // Lines are indented as they must stand.
  made.keepWhitespace = true;
  made.sortText = item.sortText;
  if (item.filterText !== undefined) made.filterText = item.filterText;
  if (item.detail !== undefined) made.detail = item.detail;
  if (item.documentation !== undefined) made.documentation = new vscode.MarkdownString(showControls(item.documentation));
  if (item.more !== undefined)
    made.additionalTextEdits = item.more.map(({ range, text }) => new vscode.TextEdit(rangeIn(document, range), text));
  if (item.retrigger === true) made.command = SUGGEST;
  return made;
}
