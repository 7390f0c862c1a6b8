import * as vscode from 'vscode';
import { ANOTHER_FILE, choicesOf } from '../compare/choices.js';
import { compareStates } from '../compare/comparison.js';
import { differenceText } from '../compare/differenceText.js';
import { repositoryOf } from '../compare/git.js';
import type { Repository } from '../compare/git.js';
import { revisionWorkspace } from '../compare/revisionWorkspace.js';
import { fileOf } from '../documents.js';
import { HumanError } from '../../events/index.js';
import { createChecker } from '../../language/index.js';
import type { Checker, ParsedInventory, Workspace } from '../../language/index.js';
import type { Parts } from './command.js';

/**
 * Shows what has changed in a runbook since a branch, a tag, a commit, or in comparison with another file: as text, and what it means. Reads, and
 * runs nothing. `revision` names what to compare with; else the person is asked. Returns what it means, or undefined when they turn away.
 */
export async function compareRunbook(
  { service, workspace, current, comparison, inventories }: Parts,
  target: unknown,
  revision: unknown,
): Promise<string | undefined> {
  const runbook = target instanceof vscode.Uri ? target : current.uri;
  if (runbook === undefined) throw new HumanError('There is no runbook to compare.', 'Open a *.runbook.yaml file.');
  const repository = await repositoryOf(runbook);
  const other = typeof revision === 'string' ? revision : await choose(repository);
  if (other === undefined) return undefined;
  const title = `Comparing ${runbook.path.split('/').at(-1) ?? ''}`;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
    const now = await service.loadProject(fileOf(runbook));
    if (now === undefined) throw new HumanError('The runbook cannot be read.', 'Check that the file is still there.');
    const past = typeof other === 'string' ? pastOf(runbook, other, repository) : fileAsPast(other, workspace);
    const project = await past.service.loadProject(past.file);
    if (project === undefined && other instanceof vscode.Uri) throw new HumanError(`${past.name} cannot be read.`, 'Choose a runbook.');
    const environment = await inventories.find(runbook);
    const inventory = await inventoryOf(environment, service, workspace);
    // An environment that was not there yet is taken as it is now.
    const before = (await inventoryOf(environment, service, past.workspace)) ?? inventory;
    const compared = compareStates(project === undefined ? undefined : { project, inventory: before }, { project: now, inventory });
    const meaning = differenceText(compared, { past: past.name, now });
    await comparison.show({ name: past.name, text: project?.root.text ?? '' }, runbook, meaning);
    return meaning.text;
  });
}

/** A revision of the repository, or another file. */
async function choose(repository: Repository | undefined): Promise<string | vscode.Uri | undefined> {
  const choices = repository === undefined ? [ANOTHER_FILE] : choicesOf(await repository.revisions(), repository.branch);
  const picked =
    choices.length === 1
      ? choices[0]
      : await vscode.window.showQuickPick(choices, { title: 'Compare the runbook with …', matchOnDescription: true });
  if (picked === undefined) return undefined;
  if (picked.revision !== undefined) return picked.revision;
  const filters = { Runbooks: ['yaml', 'yml'] };
  return (await vscode.window.showOpenDialog({ title: 'Compare the runbook with which file?', canSelectMany: false, filters }))?.[0];
}

/** Where the other state is read. */
interface PastFiles {
  readonly name: string;
  readonly file: string;
  readonly workspace: Workspace;
  readonly service: Checker;
}

function pastOf(runbook: vscode.Uri, revision: string, repository: Repository | undefined): PastFiles {
  if (repository === undefined)
    throw new HumanError('This runbook lies in no git repository that the editor knows.', 'Compare it with a file.');
  const workspace = revisionWorkspace({ root: repository.root.fsPath, textAt: (at, path) => repository.textAt(at, path) }, revision);
  const name = revision.replace(/^refs\/(?:heads|tags|remotes)\//, '');
  return { name, file: fileOf(runbook), workspace, service: createChecker({ workspace }) };
}

function fileAsPast(file: vscode.Uri, workspace: Workspace): PastFiles {
  return { name: vscode.workspace.asRelativePath(file), file: fileOf(file), workspace, service: createChecker({ workspace }) };
}

async function inventoryOf(
  environment: vscode.Uri | undefined,
  service: Checker,
  workspace: Workspace,
): Promise<ParsedInventory | undefined> {
  const text = environment === undefined ? undefined : await workspace.readText(fileOf(environment));
  return environment === undefined || text === undefined ? undefined : service.parseInventory(fileOf(environment), text);
}
