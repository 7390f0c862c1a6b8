import * as vscode from 'vscode';
import type { RunState } from '../../events/index.js';

/** What is known of earlier runs of a runbook, and whether it can be run now. */
export interface LastRuns {
  /** The last run of a runbook; undefined where there is none, or none that can be read. */
  of(runbook: vscode.Uri): Promise<RunState | undefined>;
  /** Whether steps of this runbook can be run from here now. */
  canRun(runbook: vscode.Uri): boolean;
  /** The answers may be others now. */
  readonly onDidChange: vscode.Event<unknown>;
}

/** Where nothing can be run, nothing has been. */
export const NO_LAST_RUNS: LastRuns = {
  of: () => Promise.resolve(undefined),
  canRun: () => false,
  onDidChange: () => new vscode.Disposable(() => undefined),
};
