import { dirname } from 'node:path';
import type { Workspace } from '../language/index.js';
import type { DiskFiles } from './diskFiles.js';
import { isLocal } from './documents/addresses.js';
import type { OpenDocuments } from './documents/openDocuments.js';

/** How long a look at the folders is good for, in ms: one request asks for them several times. */
const FRESH_MS = 1000;

/**
 * Files as the author sees them: what is open counts as it is typed. What is not open is read in the trees of the folders of the workspace, and
 * beside runbooks that were opened elsewhere; nothing else is, wherever paths and links lead.
 */
export class ClientWorkspace implements Workspace {
  readonly #disk: DiskFiles;
  readonly #documents: OpenDocuments;
  #folders: readonly string[] = [];
  #trees: Promise<readonly string[]> = Promise.resolve([]);
  #listed: { readonly at: number; readonly files: Promise<readonly string[]> } | undefined;

  constructor(disk: DiskFiles, documents: OpenDocuments) {
    this.#disk = disk;
    this.#documents = documents;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Takes other folders for those of the workspace; only those of this machine count. */
  setFolders(folders: readonly string[]): void {
    this.#folders = [...new Set(folders.filter(isLocal))];
    this.#trees = Promise.all(this.#folders.map((folder) => this.#disk.treeOf(folder)));
    this.forgetList();
  }

  /** Files may have come or gone. */
  forgetList(): void {
    this.#listed = undefined;
  }

  /** The folder of the workspace that a file is in, the innermost one; the file's own where it is in none. */
  folderOf(file: string): string {
    const around = this.#folders.filter((folder) => file.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
    return around[0] ?? dirname(file);
  }

  async readText(file: string): Promise<string | undefined> {
    const open = this.#documents.ofFile(file);
    if (open !== undefined) return open.text;
    if (!isLocal(file)) return undefined;
    return this.#disk.readText(file, [...(await this.#trees), ...this.#beside()]);
  }

  async listFiles(): Promise<readonly string[]> {
    if (this.#listed === undefined || Date.now() - this.#listed.at > FRESH_MS) this.#listed = { at: Date.now(), files: this.#list() };
    const open = this.#documents.all.filter(({ isOurs }) => isOurs).map(({ file }) => file);
    return [...new Set([...(await this.#listed.files), ...open])];
  }

  async #list(): Promise<readonly string[]> {
    const deep = this.#folders.map((folder) => this.#disk.documentsIn(folder, true));
    const beside = this.#beside().map((folder) => this.#disk.documentsIn(folder, false));
    return (await Promise.all([...deep, ...beside])).flat();
  }

  /** Folders of what was opened outside of the workspace. */
  #beside(): readonly string[] {
    const strangers = this.#documents.all.filter(
      ({ file, isOurs }) => isOurs && isLocal(file) && !this.#folders.some((folder) => file.startsWith(`${folder}/`)),
    );
    return [...new Set(strangers.map(({ file }) => dirname(file)))];
  }
}
