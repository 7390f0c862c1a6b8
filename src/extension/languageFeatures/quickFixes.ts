import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from './ranges.js';

/** Offers the mends that diagnostics bring along. */
export function offerQuickFixes(service: LanguageService): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, _range, context) {
      const found = await service.diagnose(fileOf(document.uri));
      return context.diagnostics.flatMap((shown) => {
        const diagnostic = found.find(
          (candidate) =>
            candidate.code === shown.code && candidate.message === shown.message && rangeIn(document, candidate.range).isEqual(shown.range),
        );
        if (diagnostic?.fix === undefined) return [];
        const action = new vscode.CodeAction(diagnostic.fix.title, vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        for (const edit of diagnostic.fix.edits) action.edit.replace(document.uri, rangeIn(document, edit.range), edit.text);
        action.diagnostics = [shown];
        return [action];
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider(DOCUMENTS, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}
