import * as vscode from 'vscode';
import { INVENTORY_FILES, NOT_SEARCHED } from '../documents.js';

const KEPT = 'runbook.inventories';

const WRITE_ONE = 'New Inventory…';

const INVENTORY_NAME = /\.inventory\.ya?ml$/;

/** Which inventory goes with which runbook: the one that was chosen, remembered for the workspace; else the only one beside the runbook. */
export class Inventories implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #memory: vscode.Memento;
  readonly #listening: vscode.Disposable;
  /** Inventories in the folders of runbooks, by address of the folder; as far as they were looked up. */
  readonly #beside = new Map<string, readonly vscode.Uri[] | Promise<readonly vscode.Uri[]>>();

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    const watcher = vscode.workspace.createFileSystemWatcher(INVENTORY_FILES, false, true, false);
    const forget = (): void => {
      this.#beside.clear();
      this.#changed.fire();
    };
    this.#listening = vscode.Disposable.from(watcher, watcher.onDidCreate(forget), watcher.onDidDelete(forget));
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  /** The inventory of a runbook, as far as that is known at once. Where it is found out only now, {@link onDidChange} tells of it. */
  of(runbook: vscode.Uri): vscode.Uri | undefined {
    const chosen = this.chosen(runbook);
    if (chosen !== undefined) return chosen;
    const beside = this.#beside.get(folderOf(runbook));
    if (beside === undefined) void this.#lookBeside(folderOf(runbook));
    return beside === undefined || beside instanceof Promise ? undefined : only(beside);
  }

  /** The inventory of a runbook. Undefined where none was chosen, and there is none beside it, or more than one. */
  async find(runbook: vscode.Uri): Promise<vscode.Uri | undefined> {
    return this.chosen(runbook) ?? only(await this.#lookBeside(folderOf(runbook)));
  }

  /** What a person has chosen for a runbook. */
  chosen(runbook: vscode.Uri): vscode.Uri | undefined {
    const chosen = this.#all()[runbook.toString()];
    return chosen === undefined ? undefined : vscode.Uri.parse(chosen);
  }

  async remember(runbook: vscode.Uri, inventory: vscode.Uri): Promise<void> {
    await this.#memory.update(KEPT, { ...this.#all(), [runbook.toString()]: inventory.toString() });
    this.#changed.fire();
  }

  /** The inventory of a runbook; asks for it where there is a choice. Undefined when the person turns away. */
  async findOrChoose(runbook: vscode.Uri): Promise<vscode.Uri | undefined> {
    return (await this.find(runbook)) ?? this.choose(runbook);
  }

  /** Asks for the inventory of a runbook; those beside it come first. Undefined when the person turns away. */
  async choose(runbook: vscode.Uri): Promise<vscode.Uri | undefined> {
    const found = await inventoriesFor(runbook);
    if (found.length === 0) {
      const none = 'There is no *.inventory.yaml file in this workspace. An inventory says which hosts a runbook is carried out on.';
      void vscode.window.showWarningMessage(none, WRITE_ONE).then((answer) => {
        if (answer === WRITE_ONE) void vscode.commands.executeCommand('runbook.newInventory', runbook);
      });
      return undefined;
    }
    const used = this.of(runbook)?.toString();
    const items = found.map((uri) => ({
      label: nameOf(uri),
      description: [vscode.workspace.asRelativePath(uri), ...(uri.toString() === used ? ['in use'] : [])].join(' · '),
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

  #lookBeside(folder: string): readonly vscode.Uri[] | Promise<readonly vscode.Uri[]> {
    const known = this.#beside.get(folder);
    if (known !== undefined) return known;
    const looking: Promise<readonly vscode.Uri[]> = inventoriesIn(vscode.Uri.parse(folder)).then((found) => {
      if (this.#beside.get(folder) !== looking) return found;
      this.#beside.set(folder, found);
      if (only(found) !== undefined) this.#changed.fire();
      return found;
    });
    this.#beside.set(folder, looking);
    return looking;
  }
}

/** The name of a file, without its folder. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/** Inventories of the workspace, those in the folder of the runbook first. */
export async function inventoriesFor(runbook: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const folder = folderOf(runbook);
  const found = await vscode.workspace.findFiles(INVENTORY_FILES, NOT_SEARCHED);
  const beside = (uri: vscode.Uri): number => (folderOf(uri) === folder ? 0 : 1);
  return found.sort((a, b) => beside(a) - beside(b) || a.path.localeCompare(b.path));
}

async function inventoriesIn(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  try {
    const found = await vscode.workspace.fs.readDirectory(folder);
    return found
      .filter(([name, type]) => INVENTORY_NAME.test(name) && (type & vscode.FileType.File) !== 0)
      .map(([name]) => vscode.Uri.joinPath(folder, name));
  } catch {
    // A text that is not stored yet has no folder.
    return [];
  }
}

function folderOf(uri: vscode.Uri): string {
  return vscode.Uri.joinPath(uri, '..').toString();
}

function only(found: readonly vscode.Uri[]): vscode.Uri | undefined {
  return found.length === 1 ? found[0] : undefined;
}
