import * as vscode from 'vscode';
import type { Draft } from '../../planner/index.js';
import { previewText } from './planText.js';

const SCHEME = 'runbook-plan';

/** Shows plans as text that can be read and compared, never saved over. */
export class PlanPreview implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  register(): vscode.Disposable {
    return vscode.Disposable.from(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this), this.#changed);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** Opens the plan beside the runbook. Returns its text. */
  async show(draft: Draft, name: string): Promise<string> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.plan.txt` });
    const text = previewText(draft, Date.now());
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    return text;
  }
}
