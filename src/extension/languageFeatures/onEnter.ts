import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** Puts the next line where it belongs, with a dash where a list goes on. What the patterns of lines do at once, it only sets right. */
export function provideOnEnter(service: LanguageService): vscode.Disposable {
  const provider: vscode.OnTypeFormattingEditProvider = {
    provideOnTypeFormattingEdits: (document, position) =>
      service
        .onEnter(fileOf(document.uri), document.getText(), document.offsetAt(position))
        .map(({ range, text }) => vscode.TextEdit.replace(rangeIn(document, range), text)),
  };
  return vscode.languages.registerOnTypeFormattingEditProvider(DOCUMENTS, provider, '\n');
}
