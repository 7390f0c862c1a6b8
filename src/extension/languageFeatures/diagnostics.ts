import * as vscode from 'vscode';
import type { Diagnostic, LanguageService } from '../../language/index.js';
import { fileOf, isOurs, uriOf } from '../documents.js';
import { rangeIn } from './ranges.js';

/** Quiet time after a keystroke, in ms. */
const PAUSE_MS = 150;

const SEVERITY: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Shows what is wrong in open runbooks and inventories, as they are typed. A change in one file may concern every other. */
export function showDiagnostics(service: LanguageService): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('runbook');
  let timer: NodeJS.Timeout | undefined;
  const refresh = (): void => {
    for (const document of vscode.workspace.textDocuments) if (isOurs(document)) void diagnose(document, service, collection);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE_MS);
  };
  const changed = (document: vscode.TextDocument): void => {
    if (isOurs(document)) soon();
  };
  refresh();
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(changed),
    vscode.workspace.onDidSaveTextDocument(changed),
    vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document)),
    vscode.workspace.onDidCloseTextDocument((document) => collection.delete(document.uri)),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

async function diagnose(document: vscode.TextDocument, service: LanguageService, collection: vscode.DiagnosticCollection): Promise<void> {
  const { version } = document;
  const found = await service.diagnose(fileOf(document.uri));
  if (document.isClosed || document.version !== version) return;
  const list = await Promise.all(found.map((diagnostic) => shown(diagnostic, document)));
  if (!document.isClosed && document.version === version) collection.set(document.uri, list);
}

async function shown(diagnostic: Diagnostic, document: vscode.TextDocument): Promise<vscode.Diagnostic> {
  const made = new vscode.Diagnostic(rangeIn(document, diagnostic.range), diagnostic.message, SEVERITY[diagnostic.severity]);
  made.code = diagnostic.code;
  made.source = 'runbook';
  if (diagnostic.related !== undefined) {
    made.relatedInformation = await Promise.all(
      diagnostic.related.map(async ({ file, range, message }) => {
        const other = await vscode.workspace.openTextDocument(uriOf(file));
        return new vscode.DiagnosticRelatedInformation(new vscode.Location(other.uri, rangeIn(other, range)), message);
      }),
    );
  }
  return made;
}
