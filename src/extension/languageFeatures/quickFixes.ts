import * as vscode from 'vscode';
import type { Diagnostic } from '../../language/index.js';
import { CONFIGURATION_FILE, suppressionEdit } from '../../review/index.js';
import { DOCUMENTS, isOurs } from '../documents.js';
import type { ShownFindings } from '../problems/lateProblems.js';
import type { ShownFinding } from '../problems/problems.js';
import { isShownAs } from '../problems/shownDiagnostic.js';
import { rangeIn } from '../ranges.js';

const KINDS = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

/** Offers the mends that findings bring along; and for what is no error, to silence it with a reason. */
export function offerQuickFixes(problems: ShownFindings): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, _range, context) {
      const found = problems.of(document);
      return context.diagnostics.flatMap((shown) => {
        const diagnostic = found.find((candidate) => isShownAs(candidate, shown, document));
        if (diagnostic === undefined) return [];
        const actions = [mend(diagnostic, document), suppress(diagnostic, document)].filter((action) => action !== undefined);
        for (const action of actions) action.diagnostics = [shown];
        return actions;
      });
    },
  };
  const selector: vscode.DocumentSelector = [...DOCUMENTS, { pattern: `**/${CONFIGURATION_FILE}` }];
  return vscode.languages.registerCodeActionsProvider(selector, provider, KINDS);
}

function mend({ fix }: Diagnostic, document: vscode.TextDocument): vscode.CodeAction | undefined {
  if (fix === undefined) return undefined;
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(document.uri, rangeIn(document, edit.range), edit.text);
  return action;
}

/** What only the team calls an error can be silenced. */
const RAISED = { severity: 'warning' } as const;

/** Puts in the comment, and the cursor where the reason belongs. */
function suppress(diagnostic: ShownFinding, document: vscode.TextDocument): vscode.CodeAction | undefined {
  const made = isOurs(document)
    ? suppressionEdit(document.getText(), { ...diagnostic, ...(diagnostic.firm === false ? RAISED : {}) })
    : undefined;
  if (made === undefined) return undefined;
  const { edit, reasonAt } = made;
  const snippet = new vscode.SnippetString()
    .appendText(edit.text.slice(0, reasonAt))
    .appendTabstop(0)
    .appendText(edit.text.slice(reasonAt));
  const action = new vscode.CodeAction(`Suppress ${diagnostic.code} with a reason`, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, [new vscode.SnippetTextEdit(rangeIn(document, edit.range), snippet)]);
  return action;
}
