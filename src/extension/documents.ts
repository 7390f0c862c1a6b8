import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { lookAt, repositoryOf } from '../cli/lint/tree.js';
import { HumanError } from '../engine/index.js';
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

const MOST_BYTES = 16 * 1024 * 1024;

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

/** Files as the person sees them: what is typed and not saved counts. A runbook can name those that belong to what is open, and no others. */
export const editorWorkspace: Workspace = {
  async readText(file) {
    const uri = uriOf(file);
    const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
    if (!isOpen && uri.scheme === 'file' && !(await liesInside(uri.fsPath))) return undefined;
    return readNamed(file);
  },
  async listFiles() {
    const found = await Promise.all(
      [RUNBOOK_FILES, INVENTORY_FILES].map((glob) => vscode.workspace.findFiles(glob, NOT_SEARCHED, MOST_FILES)),
    );
    const open = vscode.workspace.textDocuments.filter((document) => isOurs(document));
    return [...new Set([...found.flat(), ...open.map(({ uri }) => uri)].map(fileOf))];
  },
};

/** The text of a file that a person has named, wherever it lies; undefined when there is none. */
export async function readNamed(file: string): Promise<string | undefined> {
  const uri = uriOf(file);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    const found = await vscode.workspace.fs.stat(uri);
    if (found.type !== vscode.FileType.File || found.size > MOST_BYTES) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/**
 * Whether a file belongs to what is open: the repositories of the folders of the workspace, and the folders of runbooks that were opened beside
 * them. Wherever links lead, nothing else is read: `use: ../../x.runbook.yaml` finds nothing there.
 */
async function liesInside(file: string): Promise<boolean> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  const beside = vscode.workspace.textDocuments.filter((document) => isOurs(document) && document.uri.scheme === 'file');
  const roots = await Promise.all(folders.map(async (folder) => (await repositoryOf(folder)) ?? folder));
  const found = await lookAt(file, [...roots, ...beside.map(({ uri }) => dirname(uri.fsPath))]);
  return found.kind === 'file';
}

/** Folder of a file on this machine. Throws a HumanError for a file that is not. */
export function localFolderOf(uri: vscode.Uri): string {
  if (uri.scheme !== 'file')
    throw new HumanError('This runbook is not on this machine, so it cannot be run.', 'Open a folder of this machine.');
  return dirname(uri.fsPath);
}
