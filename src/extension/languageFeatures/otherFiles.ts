import * as vscode from 'vscode';
import type { FileEdits } from '../../language/index.js';
import { editorWorkspace, uriOf } from '../documents.js';
import { placesIn } from '../ranges.js';
import type { Places } from '../ranges.js';

/** What tells where offsets stand in files that no editor need show, each read once. A file that is gone has only its beginning. */
export async function placesOf(files: Iterable<string>): Promise<(file: string) => Places> {
  const known = new Map<string, Places>();
  await Promise.all([...new Set(files)].map(async (file) => known.set(file, placesIn((await editorWorkspace.readText(file)) ?? ''))));
  return (file) => known.get(file) ?? placesIn('');
}

/** Edits of many files as the editor makes them: all at once, and undone in one step. */
export async function workspaceEditOf({ edits }: FileEdits): Promise<vscode.WorkspaceEdit> {
  const placesIn = await placesOf(edits.keys());
  const made = new vscode.WorkspaceEdit();
  for (const [file, ofFile] of edits) {
    const places = placesIn(file);
    for (const { range, text } of ofFile)
      made.replace(uriOf(file), new vscode.Range(places.positionAt(range.start), places.positionAt(range.end)), text);
  }
  return made;
}
