import * as vscode from 'vscode';
import type { RunSummary } from '../../engine/index.js';
import { noticeText, withoutPictures } from '../noticeText.js';
import { whyTakeOver } from '../runs/handingOver.js';
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

/** Asks whoever carries a run out to let it go, and goes on with it here. Returns its name. */
export const takeOver: Command = {
  id: 'runbook.takeOver',
  async run({ controller, panel }, summary) {
    const run = textMember(summary, 'run') ?? (await chooseHeldRun());
    const why = run === undefined ? undefined : await whyTakeOver();
    if (run === undefined || why === undefined) return undefined;
    const asking = { location: vscode.ProgressLocation.Notification, title: 'Taking the run over', cancellable: true };
    const handle = await vscode.window.withProgress(asking, async (progress, token) => {
      const back = new AbortController();
      token.onCancellationRequested(() => {
        back.abort();
      });
      const told = (message: string): void => progress.report({ message: noticeText(message) });
      return controller.resume(run, { why, signal: back.signal, told }).catch((error: unknown) => {
        if (back.signal.aborted) return undefined;
        throw error;
      });
    });
    if (handle !== undefined) panel.show();
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
  return choose(
    (await allRuns()).filter(({ resumable, holder }) => resumable && holder === undefined),
    'Which run goes on?',
    'There is no run that could be resumed.',
  );
}

async function chooseHeldRun(): Promise<string | undefined> {
  const here = process.pid;
  return choose(
    (await allRuns()).filter(({ holder }) => holder !== undefined && holder.pid !== here),
    'Which run is taken over?',
    'There is no run that is carried out elsewhere.',
  );
}

async function allRuns(): Promise<readonly RunSummary[]> {
  const { listRuns } = await import('../runs/journals.js');
  return listRuns(readSettings().stateDirectory);
}

async function choose(runs: readonly RunSummary[], title: string, none: string): Promise<string | undefined> {
  const items = runs.map(({ run, title: runbook, environment, status }) => ({
    label: withoutPictures(`${runbook} on ${environment}`),
    description: status,
    detail: run,
    run,
  }));
  if (items.length > 0) return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.run;
  void vscode.window.showInformationMessage(none);
  return undefined;
}
