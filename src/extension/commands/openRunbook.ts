import * as vscode from 'vscode';
import { NOT_SEARCHED, RUNBOOK_FILES } from '../documents.js';
import type { Command } from './command.js';

/** Opens a runbook of the workspace, chosen by the person. Returns its address. */
export const openRunbook: Command = {
  id: 'runbook.openRunbook',
  async run() {
    const found = await vscode.workspace.findFiles(RUNBOOK_FILES, NOT_SEARCHED);
    if (found.length === 0) void vscode.window.showInformationMessage('There is no *.runbook.yaml file in this workspace.');
    const items = found.map((uri) => ({
      label: uri.path.split('/').at(-1) ?? uri.path,
      description: vscode.workspace.asRelativePath(uri),
      uri,
    }));
    const picked =
      items.length === 1
        ? items[0]
        : items.length === 0
          ? undefined
          : await vscode.window.showQuickPick(items, { title: 'Which runbook?', matchOnDescription: true });
    if (picked === undefined) return undefined;
    await vscode.window.showTextDocument(picked.uri);
    return picked.uri.toString();
  },
};
