import * as vscode from 'vscode';
import { byPriority } from '../../language/index.js';
import { fileOf, NOT_SEARCHED, readNamed, RUNBOOK_FILES, uriOf } from '../documents.js';
import type { Command, TextParts } from './command.js';

/** Opens a runbook of the workspace, chosen by the person: those of the lowest priority number first, found by title, tag or path. */
export const openRunbook: Command<TextParts> = {
  id: 'runbook.openRunbook',
  async run({ service }) {
    const found = await vscode.workspace.findFiles(RUNBOOK_FILES, NOT_SEARCHED);
    if (found.length === 0) void vscode.window.showInformationMessage('There is no *.runbook.yaml file in this workspace.');
    const files = found.map(fileOf);
    const cards = await Promise.all(files.map(async (file) => service.card(file, (await readNamed(file)) ?? '')));
    const items = cards.sort(byPriority).map(({ file, title, tags }) => ({
      label: title,
      description: tags.join(', '),
      detail: vscode.workspace.asRelativePath(uriOf(file)),
      uri: uriOf(file),
    }));
    const picked =
      items.length === 1
        ? items[0]
        : items.length === 0
          ? undefined
          : await vscode.window.showQuickPick(items, { title: 'Which runbook?', matchOnDescription: true, matchOnDetail: true });
    if (picked === undefined) return undefined;
    await vscode.window.showTextDocument(picked.uri);
    return picked.uri.toString();
  },
};
