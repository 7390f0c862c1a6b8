import * as vscode from 'vscode';
import { LineIndex } from '../language/index.js';
import type { Range } from '../language/index.js';

/** What tells where an offset stands: an open document, or a text. */
export type Places = Pick<vscode.TextDocument, 'positionAt'>;

/** The places in a text that no editor shows. */
export function placesIn(text: string): Places {
  const lines = new LineIndex(text);
  return {
    positionAt: (offset) => {
      const { line, column } = lines.position(offset);
      return new vscode.Position(line - 1, column - 1);
    },
  };
}

/** A stretch of text as the editor counts it. */
export function rangeIn(places: Places, range: Range): vscode.Range {
  return new vscode.Range(places.positionAt(range.start), places.positionAt(range.end));
}
