import * as vscode from 'vscode';
import { listRuns } from '../../engine/index.js';
import type { RunSummary } from '../../engine/index.js';
import { showInLine } from '../../events/index.js';
import type { Standing } from '../../protocol/index.js';
import type { RunController } from '../runs/runController.js';
import { readSettings } from '../runs/settings.js';
import { standingIcon } from './standingIcons.js';

/** The view *Runs*: every run on this machine, newest first. */
export class RunsTree implements vscode.TreeDataProvider<RunSummary> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #controller: RunController;
  #status: string | undefined;

  constructor(controller: RunController) {
    this.#controller = controller;
  }

  register(): vscode.Disposable {
    const view = vscode.window.createTreeView('runbook.runs', { treeDataProvider: this });
    const look = this.#controller.onDidChange((shown) => {
      const status = `${readSettings().stateDirectory} ${shown?.state.run ?? ''} ${shown?.state.status ?? ''} ${String(shown?.live)}`;
      if (status === this.#status) return;
      this.#status = status;
      this.refresh();
    });
    return vscode.Disposable.from(view, look, this.#changed);
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: RunSummary): Promise<RunSummary[]> {
    return node === undefined ? [...(await listRuns(readSettings().stateDirectory))] : [];
  }

  getTreeItem(summary: RunSummary): vscode.TreeItem {
    const live = this.#controller.handle?.run === summary.run;
    const item = new vscode.TreeItem(`${beginning(summary)}${showInLine(summary.environment)}`);
    item.id = summary.run;
    const held = live || summary.holder !== undefined;
    item.description = showInLine(
      summary.problem ??
        `${live ? 'live' : held ? 'live elsewhere' : statusText(summary)} · ${String(summary.done)}/${String(summary.total)} · ${summary.title}`,
    );
    item.tooltip = `${showInLine(`${summary.title} on ${summary.environment}`)}\n${summary.run}`;
    item.iconPath = standingIcon(held ? 'running' : standingOf(summary.status));
    item.contextValue = summary.resumable && !held ? 'run resumable' : held && !live ? 'run held' : 'run';
    item.command = { command: 'runbook.openRun', title: 'Show This Run', arguments: [summary] };
    return item;
  }
}

function statusText({ status, unknown }: RunSummary): string {
  return unknown === 0 ? status : `${status}, ${String(unknown)} unknown`;
}

/** Day and time a run began, by the clock of the person: what tells runs of one procedure apart. */
function beginning({ createdAt }: RunSummary): string {
  if (createdAt === undefined) return '';
  const format = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return `${new Intl.DateTimeFormat(vscode.env.language, format).format(new Date(createdAt))} · `;
}

function standingOf(status: RunSummary['status']): Standing {
  switch (status) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
    case 'halted':
      return 'failed';
    case 'stopped':
      return 'cancelled';
    default:
      return 'unknown';
  }
}
