import { dirname, relative } from 'node:path';
import { CONFIGURATION_FILE, configurationOf, excluder, parseConfiguration } from '../../review/index.js';
import type { LintConfiguration, LintSettings } from '../../review/index.js';
import type { ClientWorkspace } from '../clientWorkspace.js';
import type { DiskFiles } from '../diskFiles.js';

/** What counts in one folder of the workspace. */
export interface FolderConfiguration {
  readonly configuration: LintConfiguration;
  /** Files the team does not want to be checked. */
  excludes(file: string): boolean;
}

const NOTHING_SET: FolderConfiguration = { configuration: configurationOf({}), excludes: () => false };

/** What `.runbook-lint.yaml` of a folder says, or that of the nearest folder above it, up to the root of the tree: as `runbook lint` there. */
export class FolderConfigurations {
  readonly #workspace: ClientWorkspace;
  readonly #disk: DiskFiles;
  readonly #byFolder = new Map<string, Promise<FolderConfiguration>>();

  constructor(workspace: ClientWorkspace, disk: DiskFiles) {
    this.#workspace = workspace;
    this.#disk = disk;
  }

  /** What counts for a file. */
  of(file: string): Promise<FolderConfiguration> {
    const folder = this.#workspace.folderOf(file);
    const known = this.#byFolder.get(folder) ?? this.#read(folder);
    this.#byFolder.set(folder, known);
    return known;
  }

  /** Such a file may have changed. */
  forget(): void {
    this.#byFolder.clear();
  }

  async #read(folder: string): Promise<FolderConfiguration> {
    const root = await this.#disk.treeOf(folder);
    for (let at = folder; ; at = dirname(at)) {
      const file = `${at}/${CONFIGURATION_FILE}`;
      const text = await this.#workspace.readText(file);
      if (text !== undefined) return configured(at, parseConfiguration(file, text).settings);
      if (at === root || dirname(at) === at) return NOTHING_SET;
    }
  }
}

function configured(folder: string, settings: LintSettings): FolderConfiguration {
  const configuration = configurationOf(settings);
  const excludes = excluder(configuration.exclude);
  return {
    configuration,
    excludes: (file) => file.startsWith(`${folder}/`) && excludes(relative(folder, file).replaceAll('\\', '/')),
  };
}

/** Whether a file says how the linter works. */
export function isConfiguration(file: string): boolean {
  return file.split('/').at(-1) === CONFIGURATION_FILE;
}
