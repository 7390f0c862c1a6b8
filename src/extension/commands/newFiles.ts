import * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';
import { idFromFile, inventoryOf, TEMPLATES, templateSnippet, templateText } from '../../language/index.js';
import type { Template, Workspace } from '../../language/index.js';
import { fileOf, INVENTORY_FILES, NOT_SEARCHED } from '../documents.js';
import { textMember } from './command.js';

/** An inventory, and the runbook it was written for. */
export interface MadeInventory {
  readonly inventory: vscode.Uri;
  readonly runbook: vscode.Uri | undefined;
}

const FIRST_ENVIRONMENT = 'staging';

/**
 * Asks for a template and a name, and writes the runbook into a folder; the editor goes to the first place to fill in. `choice` may have said
 * `template` and `name` already. Undefined when the person turns away.
 */
export async function createRunbook(target: unknown, choice: unknown): Promise<vscode.Uri | undefined> {
  const template = await chooseTemplate(textMember(choice, 'template'));
  const folder = template === undefined ? undefined : await folderFor(target);
  if (template === undefined || folder === undefined) return undefined;
  const uri = await freeFile(folder, '.runbook.yaml', template.id, {
    title: `New runbook: ${template.title}`,
    given: textMember(choice, 'name'),
  });
  if (uri === undefined) return undefined;
  const id = idFromFile(uri.path);
  const text = templateText(template.runbook, id);
  await write(uri, text);
  if ((await vscode.workspace.findFiles(INVENTORY_FILES, NOT_SEARCHED, 1)).length === 0) {
    const inventory = vscode.Uri.joinPath(uri, '..', `${FIRST_ENVIRONMENT}.inventory.yaml`);
    if (!(await exists(inventory))) await write(inventory, templateText(inventoryOf(text), FIRST_ENVIRONMENT));
  }
  await openToFillIn(uri, template.runbook, id);
  return uri;
}

/** Asks for the name of an environment, and writes an inventory beside the runbook, which is `target` or else the one at hand. */
export async function createInventory(
  workspace: Workspace,
  current: vscode.Uri | undefined,
  target: unknown,
  choice: unknown,
): Promise<MadeInventory | undefined> {
  const isRunbook = target instanceof vscode.Uri && /\.runbook\.ya?ml$/.test(target.path);
  const runbook = isRunbook ? target : target === undefined ? current : undefined;
  const folder = runbook === undefined ? await folderFor(target) : vscode.Uri.joinPath(runbook, '..');
  if (folder === undefined) return undefined;
  const title = 'New inventory: name of the environment';
  const inventory = await freeFile(folder, '.inventory.yaml', FIRST_ENVIRONMENT, { title, given: textMember(choice, 'name') });
  if (inventory === undefined) return undefined;
  const text = inventoryOf(runbook === undefined ? '' : ((await workspace.readText(fileOf(runbook))) ?? ''));
  const id = idFromFile(inventory.path);
  await write(inventory, templateText(text, id));
  await openToFillIn(inventory, text, id);
  return { inventory, runbook };
}

async function chooseTemplate(given: string | undefined): Promise<Template | undefined> {
  if (given !== undefined) return TEMPLATES.find(({ id }) => id === given);
  const items = TEMPLATES.map((template) => ({ label: template.title, detail: template.text, template }));
  return (await vscode.window.showQuickPick(items, { title: 'New runbook', placeHolder: 'What it does', matchOnDetail: true }))?.template;
}

/** The folder that was pointed at, else the one of the workspace; asks where there are several. */
async function folderFor(target: unknown): Promise<vscode.Uri | undefined> {
  if (target instanceof vscode.Uri) {
    const found = await vscode.workspace.fs.stat(target);
    return found.type === vscode.FileType.File ? vscode.Uri.joinPath(target, '..') : target;
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (only === undefined) throw new HumanError('No folder is open to write a runbook into.', 'Open a folder, and try again.');
  if (folders.length === 1) return only.uri;
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Folder of the runbook' }))?.uri;
}

/** A file of the folder that is not there yet, by the name the person gives. */
async function freeFile(
  folder: vscode.Uri,
  ending: string,
  proposed: string,
  { title, given }: { readonly title: string; readonly given: string | undefined },
): Promise<vscode.Uri | undefined> {
  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, `${withoutEnding(name)}${ending}`);
  const trouble = async (name: string): Promise<string | undefined> => {
    const plain = withoutEnding(name);
    if (!/^[\w][\w. /-]*$/.test(plain) || plain.split('/').some((part) => /^\.*$/.test(part)))
      return 'Write a name of letters, digits, ".", "_" and "-"; folders before it are made.';
    return (await exists(uriOf(name))) ? `${plain}${ending} is there already.` : undefined;
  };
  if (given !== undefined) {
    const wrong = await trouble(given);
    if (wrong !== undefined) throw new HumanError(wrong, 'Choose another name.');
    return uriOf(given);
  }
  const name = await vscode.window.showInputBox({
    title,
    prompt: `Name of the file in ${vscode.workspace.asRelativePath(folder)}; "${ending}" is added.`,
    value: await firstFree(proposed, async (candidate) => exists(uriOf(candidate))),
    validateInput: trouble,
  });
  return name === undefined ? undefined : uriOf(name);
}

async function firstFree(name: string, isTaken: (name: string) => Promise<boolean>): Promise<string> {
  let candidate = name;
  for (let count = 2; await isTaken(candidate); count++) candidate = `${name}-${String(count)}`;
  return candidate;
}

function withoutEnding(name: string): string {
  return name.trim().replace(/(?:\.(?:runbook|inventory))?\.ya?ml$|\.(?:runbook|inventory)$/, '');
}

/** Writes a file that is not there yet; one that has come there meanwhile stays as it is. */
async function write(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new HumanError(
      `${vscode.workspace.asRelativePath(uri)} could not be written.`,
      'Check that the folder may be written to, and that no such file is there.',
    );
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Shows the file with all its places to fill in, the first one selected; Tab leads to the next. */
async function openToFillIn(uri: vscode.Uri, text: string, id: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  await editor.insertSnippet(new vscode.SnippetString(templateSnippet(text, id)), all, {
    keepWhitespace: true,
    undoStopBefore: false,
    undoStopAfter: false,
  });
}
