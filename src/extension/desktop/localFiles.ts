import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { lookAt, repositoryOf } from '../../cli/lint/tree.js';
import { isOurs, liesInsideByName } from '../documents.js';

/**
 * Whether a file belongs to what is open: the repositories of the folders of the workspace, and the folders of runbooks that were opened beside
 * them. Wherever links lead, nothing else is read: `use: ../../x.runbook.yaml` finds nothing there.
 */
export async function liesInside(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return liesInsideByName(uri);
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === 'file')
    .map((folder) => folder.uri.fsPath);
  const beside = vscode.workspace.textDocuments.filter((document) => isOurs(document) && document.uri.scheme === 'file');
  const roots = await Promise.all(folders.map(async (folder) => (await repositoryOf(folder)) ?? folder));
  const found = await lookAt(uri.fsPath, [...roots, ...beside.map((document) => dirname(document.uri.fsPath))]);
  return found.kind === 'file';
}
