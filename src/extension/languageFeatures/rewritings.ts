import * as vscode from 'vscode';
import type { CodeAction, LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import type { ShownFindings } from '../problems/lateProblems.js';
import { isShownAs } from '../problems/shownDiagnostic.js';
import { rangeIn } from '../ranges.js';
import { versionsNow, workspaceEditOf } from './otherFiles.js';

const KINDS: Readonly<Record<CodeAction['kind'], vscode.CodeActionKind>> = {
  quickfix: vscode.CodeActionKind.QuickFix,
  'refactor.extract': vscode.CodeActionKind.RefactorExtract,
  'refactor.rewrite': vscode.CodeActionKind.RefactorRewrite,
};

/** Offers what can be put in where something is missing, and other ways to write what is selected. The mends that findings bring are offered elsewhere. */
export function offerRewritings(service: LanguageService, problems: ShownFindings): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, selection, context, token) {
      const range = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
      const stood = versionsNow();
      const found = problems.of(document).map(({ fix: _fix, ...finding }) => finding);
      const actions = await service.codeActions(fileOf(document.uri), document.getText(), range, {
        diagnostics: found,
        wants: (kind) => context.only === undefined || context.only.contains(KINDS[kind]),
        isCancelled: () => token.isCancellationRequested,
      });
      return Promise.all(
        actions.map(async ({ title, kind, edits, preferred, code }) => {
          const action = new vscode.CodeAction(title, KINDS[kind]);
          action.edit = await workspaceEditOf({ edits }, stood);
          action.isPreferred = preferred;
          const mended = found.filter(
            (finding) => finding.code === code && rangeIn(document, finding.range).intersection(selection) !== undefined,
          );
          action.diagnostics = context.diagnostics.filter((shown) => mended.some((finding) => isShownAs(finding, shown, document)));
          return action;
        }),
      );
    },
  };
  return vscode.languages.registerCodeActionsProvider(DOCUMENTS, provider, { providedCodeActionKinds: Object.values(KINDS) });
}
