import * as vscode from 'vscode';
import { HumanError } from '../../engine/index.js';
import { noticeText } from '../noticeText.js';
import type { Command, Parts } from './command.js';
import { compareWith } from './compareWith.js';
import { openRunbook } from './openRunbook.js';
import { chooseInventory, previewPlan } from './planning.js';
import { openRun, refreshRuns, resume, stop, takeOver } from './runLife.js';
import { runAll, runFrom, runStep } from './runSteps.js';
import { openTerminal, revealStep, skipStep } from './stepChoices.js';
import { forgetSecrets, showProgress } from './window.js';

const COMMANDS: readonly Command[] = [
  openRunbook,
  runAll,
  runStep,
  runFrom,
  stop,
  resume,
  takeOver,
  openTerminal,
  skipStep,
  chooseInventory,
  showProgress,
  previewPlan,
  compareWith,
  refreshRuns,
  openRun,
  forgetSecrets,
  revealStep,
];

/** Makes every command known. What stands in the operator's way is shown with the next step; our own faults go to the editor. */
export function registerCommands(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...COMMANDS.map((command) =>
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
