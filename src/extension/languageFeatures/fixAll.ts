import * as vscode from 'vscode';
import { editBetween } from '../../review/index.js';
import { DOCUMENTS, isOurs } from '../documents.js';
import type { ShownFindings } from '../problems/lateProblems.js';
import { rangeIn } from '../ranges.js';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('runbook');

/** Mends all that needs no decision at once: on saving, where `editor.codeActionsOnSave` says so, or with *Fix All*. */
export function offerFixAll(problems: ShownFindings): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, _range, { only }) {
      if (only?.contains(FIX_ALL) !== true || !isOurs(document)) return [];
      const { version } = document;
      const edit = editBetween(document.getText(), await problems.mended(document));
      if (edit === undefined || document.version !== version) return [];
      const action = new vscode.CodeAction('Mend all that needs no decision', FIX_ALL);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.replace(document.uri, rangeIn(document, edit.range), edit.text);
      return [action];
    },
  };
  return vscode.languages.registerCodeActionsProvider(DOCUMENTS, provider, { providedCodeActionKinds: [FIX_ALL] });
}
