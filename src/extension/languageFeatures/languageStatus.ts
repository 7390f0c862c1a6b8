import * as vscode from 'vscode';
import { INVENTORY, isOurs, RUNBOOK } from '../documents.js';
import type { Plans } from '../plans/plans.js';
import { problemsText } from './problemsText.js';

/** Says in the status of the language by which version of the schema a text is read, and how many problems it has; busy while its plan is made. */
export function showLanguageStatus(plans: Plans): vscode.Disposable {
  const runbook = vscode.languages.createLanguageStatusItem('runbook.schema', { language: RUNBOOK });
  const inventory = vscode.languages.createLanguageStatusItem('runbook.inventorySchema', { language: INVENTORY });
  runbook.name = inventory.name = 'Schema and problems';
  runbook.text = 'runbook: v1';
  inventory.text = 'inventory: v1';
  let generation = 0;
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isOurs(document)) return;
    const item = document.languageId === RUNBOOK ? runbook : inventory;
    const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'runbook');
    const count = (severity: vscode.DiagnosticSeverity): number => found.filter((one) => one.severity === severity).length;
    const errors = count(vscode.DiagnosticSeverity.Error);
    const warnings = count(vscode.DiagnosticSeverity.Warning);
    item.detail = problemsText(errors, warnings, found.length - errors - warnings);
    item.severity =
      errors > 0
        ? vscode.LanguageStatusSeverity.Error
        : warnings > 0
          ? vscode.LanguageStatusSeverity.Warning
          : vscode.LanguageStatusSeverity.Information;
    item.command = found.length === 0 ? undefined : { command: 'workbench.actions.view.problems', title: 'Show' };
  };
  const plan = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    const own = ++generation;
    if (document?.languageId !== RUNBOOK || !isOurs(document)) return;
    runbook.busy = true;
    await plans.of(document.uri).catch(() => undefined);
    if (own === generation) runbook.busy = false;
  };
  const both = (): void => {
    update();
    void plan();
  };
  both();
  return vscode.Disposable.from(
    runbook,
    inventory,
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.window.onDidChangeActiveTextEditor(both),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isOurs(document)) void plan();
    }),
    plans.onDidChange(() => void plan()),
  );
}
