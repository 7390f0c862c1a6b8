import * as vscode from 'vscode';
import { NOT_SEARCHED, RUNBOOK_FILES } from '../documents.js';
import { inventoriesFor } from '../inventories/inventories.js';
import type { RunController } from '../runs/runController.js';
import { RunTerminal } from './runTerminal.js';

/** How many tasks are offered of themselves; any other can be written into `tasks.json`. */
const MOST_TASKS = 50;

interface RunbookTask extends vscode.TaskDefinition {
  readonly runbook?: unknown;
  readonly inventory?: unknown;
  readonly step?: unknown;
  readonly from?: unknown;
}

/** Runs as tasks: the same confirmation, questions and journal as every other run. */
export function provideTasks(controller: RunController, begun: () => void): vscode.Disposable {
  return vscode.tasks.registerTaskProvider('runbook', {
    async provideTasks() {
      const runbooks = await vscode.workspace.findFiles(RUNBOOK_FILES, NOT_SEARCHED, MOST_TASKS);
      const tasks: vscode.Task[] = [];
      for (const runbook of runbooks) {
        const folder = vscode.workspace.getWorkspaceFolder(runbook);
        const here = vscode.Uri.joinPath(runbook, '..').path;
        const inventories = (await inventoriesFor(runbook)).filter((uri) => vscode.Uri.joinPath(uri, '..').path === here);
        for (const inventory of folder === undefined ? [] : inventories) {
          const relative = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri, false);
          tasks.push(
            taskOf(
              { type: 'runbook', runbook: relative(runbook), inventory: relative(inventory) },
              folder as vscode.WorkspaceFolder,
              controller,
              begun,
            ),
          );
        }
      }
      return tasks.slice(0, MOST_TASKS);
    },
    resolveTask(task) {
      const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
      const { runbook, inventory } = task.definition as RunbookTask;
      return folder === undefined || typeof runbook !== 'string' || typeof inventory !== 'string'
        ? undefined
        : taskOf(task.definition, folder, controller, begun);
    },
  });
}

function taskOf(definition: RunbookTask, folder: vscode.WorkspaceFolder, controller: RunController, begun: () => void): vscode.Task {
  const { runbook, inventory, step, from } = definition;
  const execution = new vscode.CustomExecution(() => {
    const begin = async (): ReturnType<RunController['start']> => {
      const handle = await controller.start({
        runbook: vscode.Uri.joinPath(folder.uri, String(runbook)),
        inventory: vscode.Uri.joinPath(folder.uri, String(inventory)),
        ...(typeof step === 'string' ? { only: step } : {}),
        ...(typeof from === 'string' ? { from } : {}),
      });
      if (handle !== undefined) begun();
      return handle;
    };
    return Promise.resolve(new RunTerminal(begin));
  });
  const what = typeof step === 'string' ? `, only ${step}` : typeof from === 'string' ? `, from ${from}` : '';
  return new vscode.Task(definition, folder, `${String(runbook)} on ${String(inventory)}${what}`, 'runbook', execution, '$runbook');
}
