import * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';
import { noticeText } from '../noticeText.js';
import type { Command } from './command.js';

/** Makes commands known. What stands in the operator's way is shown with the next step; our own faults go to the editor. */
export function registerCommands<P>(commands: readonly Command<P>[], parts: P): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map((command) =>
      vscode.commands.registerCommand(command.id, async (...args: unknown[]) => {
        try {
          return await command.run(parts, ...args);
        } catch (error) {
          if (!(error instanceof HumanError)) throw error;
          void vscode.window.showErrorMessage(noticeText(`${error.message} ${error.next}`));
          return undefined;
        }
      }),
    ),
  );
}
