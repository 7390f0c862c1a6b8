import * as vscode from 'vscode';
import type { Diagnostic } from '../../language/index.js';
import { uriOf } from '../documents.js';
import { rangeIn } from './ranges.js';

const SEVERITY: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** A diagnostic of a document as the editor shows it. */
export async function shownDiagnostic(diagnostic: Diagnostic, document: vscode.TextDocument): Promise<vscode.Diagnostic> {
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
