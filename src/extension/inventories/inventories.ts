import * as vscode from 'vscode';
import { INVENTORY_FILES, NOT_SEARCHED } from '../documents.js';

const KEPT = 'runbook.inventories';

/** Which inventory goes with which runbook, remembered for the workspace. */
export class Inventories {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** The inventory chosen for a runbook. */
  of(runbook: vscode.Uri): vscode.Uri | undefined {
    const chosen = this.#all()[runbook.toString()];
    return chosen === undefined ? undefined : vscode.Uri.parse(chosen);
  }

  async remember(runbook: vscode.Uri, inventory: vscode.Uri): Promise<void> {
    await this.#memory.update(KEPT, { ...this.#all(), [runbook.toString()]: inventory.toString() });
    this.#changed.fire();
  }

  /** Asks for the inventory of a runbook; those beside it come first. Undefined when the person turns away. */
  async choose(runbook: vscode.Uri): Promise<vscode.Uri | undefined> {
    const found = await inventoriesFor(runbook);
    if (found.length === 0) {
      void vscode.window.showWarningMessage(
        'There is no *.inventory.yaml file in this workspace. An inventory says which hosts a runbook is carried out on.',
      );
      return undefined;
    }
    const items = found.map((uri) => ({
      label: uri.path.split('/').at(-1) ?? uri.path,
      description: vscode.workspace.asRelativePath(uri),
      uri,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Which environment?',
      placeHolder: 'Inventory',
      matchOnDescription: true,
    });
    if (picked !== undefined) await this.remember(runbook, picked.uri);
    return picked?.uri;
  }

  #all(): Readonly<Record<string, string>> {
    return this.#memory.get<Record<string, string>>(KEPT) ?? {};
  }
}

/** Inventories of the workspace, those in the folder of the runbook first. */
export async function inventoriesFor(runbook: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const folder = vscode.Uri.joinPath(runbook, '..').toString();
  const found = await vscode.workspace.findFiles(INVENTORY_FILES, NOT_SEARCHED);
  const beside = (uri: vscode.Uri): number => (vscode.Uri.joinPath(uri, '..').toString() === folder ? 0 : 1);
  return found.sort((a, b) => beside(a) - beside(b) || a.path.localeCompare(b.path));
}
