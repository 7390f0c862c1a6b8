import * as vscode from 'vscode';
import { MAX_FILE_BYTES } from '../language/index.js';
import type { Workspace } from '../language/index.js';

/** Language ids of the two kinds of files. */
export const RUNBOOK = 'runbook';
export const INVENTORY = 'runbook-inventory';

/** Addresses of files as they were at some revision. */
export const PAST_SCHEME = 'runbook-past';

/** Both kinds, wherever they are stored. */
export const DOCUMENTS: readonly vscode.DocumentFilter[] = [{ language: RUNBOOK }, { language: INVENTORY }];

export const RUNBOOK_FILES = '**/*.runbook.{yaml,yml}';
export const INVENTORY_FILES = '**/*.inventory.{yaml,yml}';
export const NOT_SEARCHED = '**/{node_modules,.git}/**';

/** Files of each kind that are looked through for names. */
const MOST_FILES = 2000;

/** The name of a file for the language: its path, or its address where it has none. Parts are separated by `/`. */
export function fileOf(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath.replaceAll('\\', '/') : uri.toString(true);
}

/** Reverses {@link fileOf}. */
export function uriOf(file: string): vscode.Uri {
  return /^[a-z][a-z0-9+.-]+:/i.test(file) ? vscode.Uri.parse(file) : vscode.Uri.file(file);
}

/** Schemes of texts that only show how a file once was: what is wrong with them is no news. */
const PAST: readonly string[] = ['git', PAST_SCHEME];

/** Whether a document is a runbook or an inventory that is worked on. */
export function isOurs({ languageId, uri }: vscode.TextDocument): boolean {
  return (languageId === RUNBOOK || languageId === INVENTORY) && !PAST.includes(uri.scheme);
}

/** Where the pages of the documentation are that come with the extension: one may name a part of it behind `#`. */
export function documentationOf(extension: vscode.Uri): (page: string) => string {
  return (page) => {
    const [name = '', fragment = ''] = page.split('#');
    return vscode.Uri.joinPath(extension, 'docs', name).with({ fragment }).toString();
  };
}

/** Whether a file that a runbook names may be read for it. */
export type Belongs = (uri: vscode.Uri) => boolean | Promise<boolean>;

/**
 * Files as the person sees them: what is typed and not saved counts. A runbook can name those that belong to what is open, and no others;
 * `belongs` says of a file that is not open itself whether it does.
 */
export function editorWorkspace(belongs: Belongs): Workspace {
  return {
    async readText(file) {
      const uri = uriOf(file);
      const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
      return isOpen || (await belongs(uri)) ? readNamed(file) : undefined;
    },
    async listFiles() {
      const found = await Promise.all(
        [RUNBOOK_FILES, INVENTORY_FILES].map((glob) => vscode.workspace.findFiles(glob, NOT_SEARCHED, MOST_FILES)),
      );
      const open = vscode.workspace.textDocuments.filter((document) => isOurs(document));
      return [...new Set([...found.flat(), ...open.map(({ uri }) => uri)].map(fileOf))];
    },
  };
}

/** The text of a file that a person has named, wherever it lies; undefined when there is none. */
export async function readNamed(file: string): Promise<string | undefined> {
  const uri = uriOf(file);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    const found = await vscode.workspace.fs.stat(uri);
    if (found.type !== vscode.FileType.File || found.size > MAX_FILE_BYTES) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/**
 * Whether a file belongs to what is open, going by its address: it lies in a folder of the workspace, or with a runbook that was opened beside
 * them. So `use: ../../x.runbook.yaml` finds nothing outside of the repository that somebody reads on the web.
 */
export function liesInsideByName(file: vscode.Uri): boolean {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const beside = vscode.workspace.textDocuments.filter((document) => isOurs(document)).map(({ uri }) => vscode.Uri.joinPath(uri, '..'));
  const path = vscode.Uri.joinPath(file, '.').path;
  return [...folders, ...beside].some(
    ({ scheme, authority, path: folder }) =>
      scheme === file.scheme && authority === file.authority && path.startsWith(folder.endsWith('/') ? folder : `${folder}/`),
  );
}
