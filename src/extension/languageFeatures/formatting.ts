import * as vscode from 'vscode';
import type { LanguageService, TextEdit } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** Lays out a runbook or an inventory, or a part of one, in the house style. */
export function provideFormatting(service: LanguageService): vscode.Disposable {
  const shown = (document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.TextEdit[] =>
    edits.map(({ range, text }) => vscode.TextEdit.replace(rangeIn(document, range), text));
  const provider: vscode.DocumentFormattingEditProvider & vscode.DocumentRangeFormattingEditProvider = {
    provideDocumentFormattingEdits: (document) => shown(document, service.format(fileOf(document.uri), document.getText())),
    provideDocumentRangeFormattingEdits(document, { start, end }) {
      const range = { start: document.offsetAt(start), end: document.offsetAt(end) };
      return shown(document, service.format(fileOf(document.uri), document.getText(), { range }));
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerDocumentFormattingEditProvider(DOCUMENTS, provider),
    vscode.languages.registerDocumentRangeFormattingEditProvider(DOCUMENTS, provider),
  );
}
