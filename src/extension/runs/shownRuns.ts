import * as vscode from 'vscode';
import type { Owner, RunState } from '../../events/index.js';

/** The run the views show. `live`: this window carries it out; `elsewhere`: the process that does, where this window does not. */
export interface ShownRun {
  readonly state: RunState;
  readonly live: boolean;
  readonly elsewhere?: Owner;
}

/** Which run the views show. Whoever carries runs out says so; a view needs no more of it. */
export interface ShownRuns {
  readonly shown: ShownRun | undefined;
  /** After every event, and when another run is shown. */
  readonly onDidChange: vscode.Event<ShownRun | undefined>;
}

/** Where nothing can be run, there is never a run to show. */
export const NO_RUNS: ShownRuns = { shown: undefined, onDidChange: () => new vscode.Disposable(() => undefined) };
