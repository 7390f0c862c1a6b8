import * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';

/** Throws where a process or a connection would be opened in a workspace nobody has trusted. Asked each time. */
export function assertMayAct(): void {
  if (!vscode.workspace.isTrusted)
    throw new HumanError(
      'This workspace is not trusted, so nothing is run.',
      'Look at the files, then trust the workspace with "Workspaces: Manage Workspace Trust".',
    );
}
