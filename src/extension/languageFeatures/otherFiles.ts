import * as vscode from 'vscode';
import type { FileEdits } from '../../language/index.js';
import { fileOf, readNamed, uriOf } from '../documents.js';
import { placesIn } from '../ranges.js';
import type { Places } from '../ranges.js';

/** What tells where offsets stand in files that no editor need show, each read once. A file that is gone has only its beginning. */
export async function placesOf(files: Iterable<string>): Promise<(file: string) => Places> {
  const known = new Map<string, Places>();
  await Promise.all([...new Set(files)].map(async (file) => known.set(file, placesIn((await readNamed(file)) ?? ''))));
  return (file) => known.get(file) ?? placesIn('');
}

/** The versions of all texts that are open, by file. */
export type Versions = ReadonlyMap<string, number>;

/** How the open texts stand now, for {@link workspaceEditOf}. */
export function versionsNow(): Versions {
  return new Map(vscode.workspace.textDocuments.map((document) => [fileOf(document.uri), document.version]));
}

/**
 * Edits of many files as the editor makes them: all at once, and undone in one step. `stood`: the open texts when the edits were asked for. Throws
 * when one of them has changed since: the edits were made for a text that is no more.
 */
export async function workspaceEditOf({ edits }: FileEdits, stood: Versions): Promise<vscode.WorkspaceEdit> {
  const placesIn = await placesOf(edits.keys());
  const now = versionsNow();
  const made = new vscode.WorkspaceEdit();
  for (const [file, ofFile] of edits) {
    if (stood.has(file) && stood.get(file) !== now.get(file)) throw new Error('The text has changed meanwhile; try again.');
    const places = placesIn(file);
    for (const { range, text } of ofFile)
      made.replace(uriOf(file), new vscode.Range(places.positionAt(range.start), places.positionAt(range.end)), text);
  }
  return made;
}
