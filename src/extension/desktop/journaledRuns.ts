import * as vscode from 'vscode';
import { hasRuns } from '../../engine/index.js';
import type { RunList, RunSummary } from '../../engine/index.js';
import type { RunState } from '../../events/index.js';
import { uriOf } from '../documents.js';
import type { LastRuns } from '../runs/lastRuns.js';
import type { RunController } from '../runs/runController.js';
import { readSettings } from '../runs/settings.js';

/** Runs that are looked through, the newest first: an older one says little about a text of today. */
const MOST_RUNS = 30;

interface Read {
  readonly state: RunState | undefined;
}

/** Earlier runs by the journals of this machine, each read once; the run that is shown, by what is known of it. */
export class JournaledRuns implements LastRuns, vscode.Disposable {
  readonly #controller: RunController;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: vscode.Disposable;
  #list: { readonly of: string; readonly runs: RunList; readonly read: WeakMap<RunSummary, Read> } | undefined;
  #status = '';

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#listening = vscode.Disposable.from(
      controller.onDidChange((shown) => {
        // Not each of the events of a run changes what is said of the last one.
        const steps = Object.values(shown?.state.steps ?? {}).flatMap((targets) => Object.values(targets).map(({ status }) => status));
        const status = [shown?.state.run, shown?.state.status, shown?.live, ...steps].join(' ');
        if (status === this.#status) return;
        this.#status = status;
        this.#changed.fire(undefined);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire(undefined)),
    );
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  canRun(runbook: vscode.Uri): boolean {
    return vscode.workspace.isTrusted && runbook.scheme === 'file' && this.#controller.handle === undefined;
  }

  async of(runbook: vscode.Uri): Promise<RunState | undefined> {
    const shown = this.#controller.shown?.state;
    if (shown !== undefined && isOf(shown, runbook)) return shown;
    const { stateDirectory } = readSettings();
    if (runbook.scheme !== 'file' || !hasRuns(stateDirectory)) return undefined;
    const { readRun, RunList } = await import('../runs/journals.js');
    if (this.#list?.of !== stateDirectory) this.#list = { of: stateDirectory, runs: new RunList(stateDirectory), read: new WeakMap() };
    const { runs, read } = this.#list;
    for (const summary of (await runs.look()).slice(0, MOST_RUNS)) {
      // The same line about a run is about the same journal.
      const { state } = read.get(summary) ?? readRun(stateDirectory, summary.run);
      read.set(summary, { state });
      if (state !== undefined && isOf(state, runbook)) return state;
    }
    return undefined;
  }
}

function isOf({ base, plan }: RunState, runbook: vscode.Uri): boolean {
  return vscode.Uri.joinPath(uriOf(base.replaceAll('\\', '/')), plan.runbook.file).toString() === runbook.toString();
}
