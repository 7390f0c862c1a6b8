import * as vscode from 'vscode';
import { listRuns } from '../../engine/index.js';
import { readSettings } from '../runs/settings.js';
import type { Command } from './command.js';
import { textMember } from './command.js';

/** Stops the run of this window, after asking. Returns whether it was stopped. */
export const stop: Command = {
  id: 'runbook.stop',
  async run({ controller }) {
    const { handle } = controller;
    if (handle === undefined) return false;
    const yes = 'Stop the Run';
    const detail = 'What is under way is ended. What is done stays done, and the run can be resumed later.';
    const answer = await vscode.window.showWarningMessage(`Stop "${handle.state.plan.runbook.title}"?`, { modal: true, detail }, yes);
    if (answer !== yes) return false;
    await controller.stop(`${handle.state.operator} stopped the run.`);
    return true;
  },
};

/** Goes on with a run that has ended without success, or was cut off. Returns its name. */
export const resume: Command = {
  id: 'runbook.resume',
  async run({ controller, panel }, summary) {
    const run = textMember(summary, 'run') ?? (typeof summary === 'string' ? summary : await chooseRun());
    if (run === undefined) return undefined;
    const handle = await controller.resume(run);
    panel.show();
    return handle?.run;
  },
};

/** Shows a run from its journal. */
export const openRun: Command = {
  id: 'runbook.openRun',
  async run({ controller, panel }, summary) {
    const run = textMember(summary, 'run');
    if (run === undefined) return;
    await controller.show(run);
    panel.show();
  },
};

export const refreshRuns: Command = { id: 'runbook.refreshRuns', run: ({ runs }) => runs.refresh() };

async function chooseRun(): Promise<string | undefined> {
  const runs = (await listRuns(readSettings().stateDirectory)).filter(({ resumable, holder }) => resumable && holder === undefined);
  const items = runs.map(({ run, title, environment, status }) => ({
    label: `${title} on ${environment}`,
    description: status,
    detail: run,
    run,
  }));
  if (items.length === 0) void vscode.window.showInformationMessage('There is no run that could be resumed.');
  return items.length === 0
    ? undefined
    : (await vscode.window.showQuickPick(items, { title: 'Which run goes on?', matchOnDetail: true }))?.run;
}
