import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** Grows a selection from a name to its expression, its text, its key, its step. */
export function provideSelectionRanges(service: LanguageService): vscode.Disposable {
  const provider: vscode.SelectionRangeProvider = {
    provideSelectionRanges: (document, positions) =>
      positions.map((position) => {
        const ranges = service.selectionRanges(fileOf(document.uri), document.getText(), document.offsetAt(position));
        let outer: vscode.SelectionRange | undefined;
        for (const range of [...ranges].reverse()) outer = new vscode.SelectionRange(rangeIn(document, range), outer);
        return outer ?? new vscode.SelectionRange(new vscode.Range(position, position));
      }),
  };
  return vscode.languages.registerSelectionRangeProvider(DOCUMENTS, provider);
}
