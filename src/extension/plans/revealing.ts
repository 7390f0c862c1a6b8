import * as vscode from 'vscode';
import type { PlanProblem } from '../../planner/index.js';
import { uriOf } from '../documents.js';
import { columnFor } from '../views/columns.js';

/** Goes to a line (1-based) of a file. */
export async function revealLine(uri: vscode.Uri, line: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const place = document.validatePosition(new vscode.Position(Math.max(0, line - 1), 0));
  await show(document, new vscode.Range(place, place));
}

/** Goes to what is wrong, and selects it. */
export async function revealProblem({ file, diagnostic }: PlanProblem): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uriOf(file));
  const { start, end } = diagnostic.range;
  await show(document, new vscode.Range(document.positionAt(start), document.positionAt(end)));
}

async function show(document: vscode.TextDocument, selection: vscode.Range): Promise<void> {
  await vscode.window.showTextDocument(document, { viewColumn: columnFor(document.uri), selection });
}
