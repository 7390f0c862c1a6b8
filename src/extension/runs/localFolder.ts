import { dirname } from 'node:path';
import type * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';

/** Folder of a file on this machine. Throws a HumanError for a file that is not. */
export function localFolderOf(uri: vscode.Uri): string {
  if (uri.scheme !== 'file')
    throw new HumanError('This runbook is not on this machine, so it cannot be run.', 'Open a folder of this machine.');
  return dirname(uri.fsPath);
}
