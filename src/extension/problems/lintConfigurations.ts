import * as vscode from 'vscode';
import { CONFIGURATION_FILE, configurationOf, excluder, parseConfiguration, PROFILES, readRuleSettings } from '../../review/index.js';
import type { LintConfiguration, LintSettings } from '../../review/index.js';
import type { Workspace } from '../../language/index.js';
import { fileOf } from '../documents.js';

/** What counts in one folder of the workspace. */
export interface FolderConfiguration {
  readonly configuration: LintConfiguration;
  /** Files the team does not want to be checked. */
  excludes(file: string): boolean;
}

/** Whether a document says how the linter works. */
export function isConfiguration({ uri }: vscode.TextDocument): boolean {
  return uri.path.split('/').at(-1) === CONFIGURATION_FILE;
}

/** What the person has set, and over it what `.runbook-lint.yaml` in the root of the workspace folder says. */
export class LintConfigurations implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Something about what counts may have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #byFolder = new Map<string, Promise<FolderConfiguration>>();
  readonly #workspace: Workspace;
  readonly #listening: vscode.Disposable;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${CONFIGURATION_FILE}`);
    const forget = (): void => {
      this.#byFolder.clear();
      this.#changed.fire();
    };
    const typed = (document: vscode.TextDocument): void => {
      if (isConfiguration(document)) forget();
    };
    this.#listening = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidOpenTextDocument(typed),
      vscode.workspace.onDidCloseTextDocument(typed),
      vscode.workspace.onDidChangeTextDocument(({ document }) => typed(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('runbook.lint')) forget();
      }),
    );
  }

  of(document: vscode.Uri): Promise<FolderConfiguration> {
    const folder = vscode.workspace.getWorkspaceFolder(document);
    const key = folder?.uri.toString() ?? '';
    const known = this.#byFolder.get(key) ?? read(folder, this.#workspace);
    this.#byFolder.set(key, known);
    return known;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}

/** Where a folder of the workspace says what counts in it. */
export function configurationUri(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, CONFIGURATION_FILE);
}

async function read(folder: vscode.WorkspaceFolder | undefined, workspace: Workspace): Promise<FolderConfiguration> {
  const own = ownSettings(folder);
  if (folder === undefined) return { configuration: configurationOf(own), excludes: () => false };
  const file = fileOf(configurationUri(folder));
  const text = await workspace.readText(file);
  const { settings } = text === undefined ? { settings: {} } : parseConfiguration(file, text);
  const configuration = configurationOf(own, settings);
  const excludes = excluder(configuration.exclude);
  const root = `${fileOf(folder.uri)}/`;
  return {
    configuration,
    excludes: (path) => path.startsWith(root) && excludes(path.slice(root.length)),
  };
}

function ownSettings(folder: vscode.WorkspaceFolder | undefined): LintSettings {
  const settings = vscode.workspace.getConfiguration('runbook.lint', folder?.uri);
  const profile = PROFILES.find((known) => known === settings.get('profile'));
  return { ...(profile === undefined ? {} : { profile }), rules: readRuleSettings(settings.get('rules')) };
}
