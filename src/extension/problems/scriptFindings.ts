import type * as vscode from 'vscode';
import type { Diagnostic, ParsedRunbook } from '../../language/index.js';

/** What is known of the scripts of a runbook, where they stand now. `complete`: of all of them. */
export interface KnownOfScripts {
  readonly diagnostics: readonly Diagnostic[];
  readonly complete: boolean;
}

/** What a program that reads scripts says of those in runbooks. */
export interface ScriptFindings extends vscode.Disposable {
  /** Asks about the scripts it does not know yet. Resolves to whether there was somebody to ask. */
  ask(document: vscode.TextDocument, parsed: ParsedRunbook): Promise<boolean>;
  recall(document: vscode.TextDocument, parsed: ParsedRunbook): KnownOfScripts;
}

/** Where no such program can be started. */
export const NO_SCRIPT_FINDINGS: ScriptFindings = {
  ask: () => Promise.resolve(false),
  recall: () => ({ diagnostics: [], complete: false }),
  dispose: () => undefined,
};
