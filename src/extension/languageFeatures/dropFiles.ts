import * as vscode from 'vscode';
import { droppedAt, isDroppable } from '../../language/index.js';
import type { Dropped } from '../../language/index.js';
import { RUNBOOK } from '../documents.js';
import { rangeIn } from '../ranges.js';

const URIS = 'text/uri-list';
/** Scripts beyond that are not written out anyway. */
const MOST_BYTES = 64 * 1024;
const KIND = vscode.DocumentDropOrPasteEditKind.Empty.append('runbook', 'file');

/** A script or a picture that is dropped into a runbook, or copied in the explorer and pasted, becomes a step or a figure. */
export function takeFiles(): vscode.Disposable {
  const dropping: vscode.DocumentDropEditProvider = {
    async provideDocumentDropEdits(document, position, data) {
      const made = await editFor(document, position, data);
      if (made === undefined) return undefined;
      const edit = new vscode.DocumentDropEdit('', made.dropped.title, KIND);
      edit.additionalEdit = made.edit;
      return edit;
    },
  };
  const pasting: vscode.DocumentPasteEditProvider = {
    async provideDocumentPasteEdits(document, ranges, data) {
      const [first] = ranges;
      const made = first === undefined ? undefined : await editFor(document, first.start, data);
      if (made === undefined) return undefined;
      const edit = new vscode.DocumentPasteEdit('', made.dropped.title, KIND);
      edit.additionalEdit = made.edit;
      return [edit];
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerDocumentDropEditProvider({ language: RUNBOOK }, dropping, {
      providedDropEditKinds: [KIND],
      dropMimeTypes: [URIS],
    }),
    vscode.languages.registerDocumentPasteEditProvider({ language: RUNBOOK }, pasting, {
      providedPasteEditKinds: [KIND],
      pasteMimeTypes: [URIS],
    }),
  );
}

async function editFor(
  document: vscode.TextDocument,
  position: vscode.Position,
  data: vscode.DataTransfer,
): Promise<{ readonly dropped: Dropped; readonly edit: vscode.WorkspaceEdit } | undefined> {
  const [listed, ...others] = ((await data.get(URIS)?.asString()) ?? '')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (listed === undefined || others.length > 0) return undefined;
  const file = vscode.Uri.parse(listed);
  const path = pathFrom(document.uri, file);
  if (path === undefined || !isDroppable(path)) return undefined;
  const dropped = droppedAt(document.getText(), document.offsetAt(position), { path, text: await scriptIn(file) });
  if (dropped === undefined) return undefined;
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    dropped.edits.map(({ range, text }) => new vscode.TextEdit(rangeIn(document, range), text)),
  );
  return { dropped, edit };
}

/** The way from a runbook to a file beside or below it; a runbook sends no others. */
function pathFrom(runbook: vscode.Uri, file: vscode.Uri): string | undefined {
  const folder = vscode.Uri.joinPath(runbook, '..').path.replace(/\/?$/, '/');
  const isBelow = file.scheme === runbook.scheme && file.authority === runbook.authority && file.path.startsWith(folder);
  return isBelow ? file.path.slice(folder.length) : undefined;
}

/** The text of a short script; undefined for pictures, long files and what is no text. */
async function scriptIn(file: vscode.Uri): Promise<string | undefined> {
  try {
    const found = await vscode.workspace.fs.stat(file);
    if (found.size > MOST_BYTES || /\.(?:png|jpe?g|gif|svg|webp)$/i.test(file.path)) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}
