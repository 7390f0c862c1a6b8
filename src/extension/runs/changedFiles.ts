import * as vscode from 'vscode';
import { showControls } from '../../events/index.js';
import type { RunState } from '../../events/index.js';
import { readNamed } from '../documents.js';

const GO_ON = 'Go On With the Approved Plan';

/** Shows how the files differ from the plan that was approved, and asks. True when they do not, or the person goes on. */
export async function goesOnDespiteChanges(state: RunState): Promise<boolean> {
  const { changedSince } = await import('./journals.js');
  const changed = await changedSince(state, { readText: readNamed });
  if (changed === undefined) return true;
  const detail = showControls(`${changed}\n\nWhat was approved is what runs.`);
  return (
    (await vscode.window.showWarningMessage('The files have changed since this plan was approved.', { modal: true, detail }, GO_ON)) ===
    GO_ON
  );
}
