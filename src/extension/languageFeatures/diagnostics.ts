import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { fileOf, isOurs } from '../documents.js';
import { PlanDiagnostics } from './planDiagnostics.js';
import { shownDiagnostic } from './shownDiagnostic.js';

/** Quiet time after a keystroke, in ms. */
const PAUSE_MS = 150;

/** Shows what is wrong in open runbooks and inventories, as they are typed. A change in one file may concern every other. */
export function showDiagnostics(service: LanguageService): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('runbook');
  const plans = new PlanDiagnostics(service);
  let timer: NodeJS.Timeout | undefined;
  const refresh = (): void => {
    const open = vscode.workspace.textDocuments.filter(isOurs);
    const shown = open.map((document) => diagnose(document, service, collection));
    void Promise.all(shown).then(() => plans.refreshSoon());
  };
  const soon = (): void => {
    clearTimeout(timer);
    plans.giveUp();
    timer = setTimeout(refresh, PAUSE_MS);
  };
  const changed = (document: vscode.TextDocument): void => {
    if (isOurs(document)) soon();
  };
  refresh();
  return vscode.Disposable.from(
    collection,
    plans,
    vscode.workspace.onDidOpenTextDocument(changed),
    vscode.workspace.onDidSaveTextDocument(changed),
    vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      collection.delete(document.uri);
      plans.forget(document);
    }),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

async function diagnose(document: vscode.TextDocument, service: LanguageService, collection: vscode.DiagnosticCollection): Promise<void> {
  const { version } = document;
  const found = await service.diagnose(fileOf(document.uri));
  if (document.isClosed || document.version !== version) return;
  const list = await Promise.all(found.map((diagnostic) => shownDiagnostic(diagnostic, document)));
  if (!document.isClosed && document.version === version) collection.set(document.uri, list);
}
