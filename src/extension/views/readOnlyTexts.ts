import * as vscode from 'vscode';

/** Texts of one kind that can be read and compared, never saved over. */
export class ReadOnlyTexts implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #scheme: string;

  /** `scheme`: of their addresses; no other kind has it. */
  constructor(scheme: string) {
    this.#scheme = scheme;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(vscode.workspace.registerTextDocumentContentProvider(this.#scheme, this), this.#changed);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** Makes a text known under a path that begins with `/`; one that is open changes. Returns its address. */
  put(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: this.#scheme, path });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  /** Opens a text beside what is open, without taking the cursor there. `stays`: what is opened next does not take its place. */
  async showBeside(path: string, text: string, stays = false): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.put(path, text)), {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: !stays,
    });
  }
}
