import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';

/** Folds keys, steps and comments. */
export function provideFolding(service: LanguageService): vscode.Disposable {
  const provider: vscode.FoldingRangeProvider = {
    provideFoldingRanges: (document) =>
      service
        .foldingRanges(fileOf(document.uri), document.getText())
        .map(
          ({ start, end, kind }) =>
            new vscode.FoldingRange(start - 1, end - 1, kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined),
        ),
  };
  return vscode.languages.registerFoldingRangeProvider(DOCUMENTS, provider);
}
