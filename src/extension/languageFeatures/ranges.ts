import * as vscode from 'vscode';
import type { Range } from '../../language/index.js';

/** A stretch of text as the editor counts it. */
export function rangeIn(document: vscode.TextDocument, range: Range): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}
