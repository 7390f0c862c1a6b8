import * as vscode from 'vscode';
import { stepAt } from '../../protocol/index.js';
import { columnFor } from '../views/columns.js';
import { runFile } from '../views/currentRunbook.js';
import type { StepNode } from '../views/stepsModel.js';
import type { Command, TextParts } from './command.js';

/** Goes to the text of a step: of a line of the tree, or of a path of the shown run. */
export const revealStep: Command<TextParts> = {
  id: 'runbook.revealStep',
  async run({ shownRuns, steps }, node) {
    if (typeof node !== 'string') return steps.reveal(node as StepNode);
    const at = shownRuns.shown === undefined ? undefined : stepAt(shownRuns.shown.state, node)?.at;
    const uri = at === undefined ? undefined : runFile(shownRuns, at.file);
    if (at === undefined || uri === undefined) return;
    const place = new vscode.Position(Math.max(0, at.line - 1), 0);
    await vscode.window.showTextDocument(uri, { viewColumn: columnFor(uri), selection: new vscode.Range(place, place) });
  },
};
