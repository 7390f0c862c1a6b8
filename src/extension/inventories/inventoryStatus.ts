import * as vscode from 'vscode';
import { INVENTORY, RUNBOOK } from '../documents.js';
import type { CurrentRunbook } from '../views/currentRunbook.js';
import { nameOf } from './inventories.js';
import type { Inventories } from './inventories.js';

/** The status bar's word about the inventory in use, beside a runbook or an inventory. Choosing it leads to another one. */
export function showInventory(inventories: Inventories, current: CurrentRunbook): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('runbook.inventory', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Runbook inventory';
  item.command = 'runbook.chooseInventory';
  const update = (): void => {
    const runbook = current.uri;
    if (
      runbook === undefined ||
      !editorsInUse().some(({ document }) => document.languageId === RUNBOOK || document.languageId === INVENTORY)
    ) {
      item.hide();
      return;
    }
    const used = inventories.of(runbook);
    item.text = `$(server-environment) ${used === undefined ? 'No inventory chosen' : nameOf(used).replace(/\.inventory\.ya?ml$/, '')}`;
    item.tooltip = tooltip(nameOf(runbook), used, inventories.chosen(runbook) !== undefined);
    item.show();
  };
  update();
  return vscode.Disposable.from(
    item,
    inventories.onDidChange(update),
    current.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

/** While a panel has the focus there is no active editor; what is beside it counts then. */
function editorsInUse(): readonly vscode.TextEditor[] {
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
  return active === undefined ? visible : [active];
}

function tooltip(runbook: string, used: vscode.Uri | undefined, isChosen: boolean): string {
  if (used === undefined) return `No inventory is chosen for ${runbook}: it is not known which hosts it is for. Click to choose one.`;
  const why = isChosen ? '' : ' It is the only one beside the runbook.';
  return `${runbook} is planned on ${vscode.workspace.asRelativePath(used)}.${why} Click to choose another one.`;
}
