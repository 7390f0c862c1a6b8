import * as vscode from 'vscode';
import { showInLine } from '../../events/index.js';
import { isOver, progressOf } from '../../protocol/index.js';
import { withoutPictures } from '../noticeText.js';
import type { RunController } from '../runs/runController.js';
import type { ShownRun } from '../runs/shownRuns.js';

/** The status bar's word about the run of this window, while there is one. */
export function showStatus(controller: RunController): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('runbook.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Runbook';
  item.command = 'runbook.showProgress';
  const update = (shown: ShownRun | undefined): void => {
    if (shown === undefined || !shown.live || isOver(shown.state)) {
      item.hide();
      return;
    }
    const { done, total, current } = progressOf(shown.state);
    const waiting = shown.state.gates.length > 0;
    const title = waiting ? 'waits for you' : (current[0]?.title ?? 'running');
    item.text = `$(${waiting ? 'bell-dot' : 'sync~spin'}) ${String(done)}/${String(total)} ${short(withoutPictures(showInLine(title)))}`;
    item.tooltip = showInLine(`${shown.state.plan.runbook.title} on ${shown.state.plan.environment.title}`);
    item.backgroundColor = waiting ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  return vscode.Disposable.from(item, controller.onDidChange(update));
}

function short(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39)}…` : title;
}
