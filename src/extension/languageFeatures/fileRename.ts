import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { fileOf } from '../documents.js';
import { versionsNow, workspaceEditOf } from './otherFiles.js';

/** When files or folders move in the editor, the paths in runbooks that lead to them, and from them, go along in the same step. */
export function keepPathsRight(service: LanguageService): vscode.Disposable {
  return vscode.workspace.onWillRenameFiles((event) => {
    const moves = event.files.map(({ oldUri, newUri }) => ({ from: fileOf(oldUri), to: fileOf(newUri) }));
    const stood = versionsNow();
    event.waitUntil(service.moveFiles(moves).then((edits) => workspaceEditOf(edits, stood)));
  });
}
