import * as vscode from 'vscode';
import { hasRuns } from '../../engine/index.js';
import type { RunList, RunSummary } from '../../engine/index.js';
import { showInLine } from '../../events/index.js';
import type { Standing } from '../../protocol/index.js';
import type { RunController } from '../runs/runController.js';
import { readSettings } from '../runs/settings.js';
import { standingIcon } from './standingIcons.js';

/** How often the list is looked at while it can be seen: other processes begin and end runs too. In ms. */
const LOOK_MS = 2000;

/** The view *Runs*: every run on this machine, newest first. */
export class RunsTree implements vscode.TreeDataProvider<RunSummary> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #controller: RunController;
  #status: string | undefined;
  #list: { readonly of: string; readonly runs: RunList } | undefined;
  #drawn = '';

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
    let looking = false;
    const timer = setInterval(() => {
      if (!view.visible || looking) return;
      looking = true;
      void this.#isOld()
        .then((old) => old && this.refresh())
        // What is in the way is shown in the view, by whoever asks it for its entries.
        .catch(() => undefined)
        .finally(() => (looking = false));
    }, LOOK_MS);
    return vscode.Disposable.from(view, look, this.#changed, new vscode.Disposable(() => clearInterval(timer)));
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: RunSummary): Promise<RunSummary[]> {
    if (node !== undefined) return [];
    const runs = await this.#look();
    this.#drawn = today() + JSON.stringify(runs);
    return [...runs];
  }

  getTreeItem(summary: RunSummary): vscode.TreeItem {
    const live = this.#controller.handle?.run === summary.run;
    const item = new vscode.TreeItem(`${beginning(summary)}${showInLine(summary.environment)}`);
    item.id = summary.run;
    const held = live || summary.holder !== undefined;
    item.description = showInLine(
      summary.problem ??
        `${live ? 'live' : held ? 'live elsewhere' : statusText(summary)} · ${summary.title} · ${String(summary.done)}/${String(summary.total)}`,
    );
    item.tooltip = `${showInLine(`${summary.title} on ${summary.environment}`)}\n${summary.run}`;
    item.iconPath = standingIcon(held ? 'running' : standingOf(summary.status));
    item.contextValue = summary.resumable && !held ? 'run resumable' : held && !live ? 'run held' : 'run';
    item.command = { command: 'runbook.openRun', title: 'Show This Run', arguments: [summary] };
    return item;
  }

  async #look(): Promise<readonly RunSummary[]> {
    const { stateDirectory } = readSettings();
    if (!hasRuns(stateDirectory)) return [];
    const { RunList } = await import('../runs/journals.js');
    if (this.#list?.of !== stateDirectory) this.#list = { of: stateDirectory, runs: new RunList(stateDirectory) };
    return this.#list.runs.look();
  }

  async #isOld(): Promise<boolean> {
    return today() + JSON.stringify(await this.#look()) !== this.#drawn;
  }
}

function statusText({ status, unknown }: RunSummary): string {
  return unknown === 0 ? status : `${status}, ${String(unknown)} unknown`;
}

/** When a run began, by the clock of the person: what tells runs of one procedure apart. The day is said where it is not today. */
function beginning({ createdAt }: RunSummary): string {
  if (createdAt === undefined) return '';
  const begun = new Date(createdAt);
  const day = begun.toDateString() === today() ? {} : ({ month: 'short', day: 'numeric' } as const);
  const format = { ...day, hour: '2-digit', minute: '2-digit' } as const;
  return `${new Intl.DateTimeFormat(vscode.env.language, format).format(begun)} · `;
}

function today(): string {
  return new Date().toDateString();
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
