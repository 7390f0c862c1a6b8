import * as vscode from 'vscode';
import type { Diagnostic } from '../../language/index.js';
import { uriOf } from '../documents.js';
import { rangeIn } from '../ranges.js';
import type { Places } from '../ranges.js';
import type { RulePages } from './rulePages.js';

const SEVERITY: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** A diagnostic of a text as the editor shows it; its code leads to the page of its rule. */
export async function shownDiagnostic(diagnostic: Diagnostic, document: Places, pages: RulePages): Promise<vscode.Diagnostic> {
  const made = new vscode.Diagnostic(rangeIn(document, diagnostic.range), diagnostic.message, SEVERITY[diagnostic.severity]);
  const target = pages.of(diagnostic.code);
  made.code = target === undefined ? diagnostic.code : { value: diagnostic.code, target };
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

/** Whether the editor shows this diagnostic as that. */
export function isShownAs(diagnostic: Diagnostic, shown: vscode.Diagnostic, document: Places): boolean {
  const code = typeof shown.code === 'object' ? shown.code.value : shown.code;
  return diagnostic.code === code && diagnostic.message === shown.message && rangeIn(document, diagnostic.range).isEqual(shown.range);
}
