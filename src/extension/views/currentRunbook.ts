import * as vscode from 'vscode';
import { RUNBOOK, uriOf } from '../documents.js';
import type { ShownRuns } from '../runs/shownRuns.js';

/** The runbook the views are about: the one in the editor, or else the last one that was. */
export class CurrentRunbook {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: vscode.Disposable;
  #uri: vscode.Uri | undefined;

  constructor() {
    this.#look(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => document.languageId === RUNBOOK));
    this.#listening = vscode.window.onDidChangeActiveTextEditor((editor) => this.#look(editor));
  }

  get uri(): vscode.Uri | undefined {
    return this.#uri;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #look(editor: vscode.TextEditor | undefined): void {
    if (editor?.document.languageId !== RUNBOOK || editor.document.uri.toString() === this.#uri?.toString()) return;
    this.#uri = editor.document.uri;
    this.#changed.fire();
  }
}

/** File of the shown run's runbook, or of one it uses. */
export function runFile(runs: ShownRuns, file: string): vscode.Uri | undefined {
  const base = runs.shown?.state.base;
  return base === undefined ? undefined : vscode.Uri.joinPath(uriOf(base.replaceAll('\\', '/')), file);
}
