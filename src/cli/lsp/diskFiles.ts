import { readdir } from 'node:fs/promises';
import type { DiskFiles } from '../../lsp/index.js';
import { repositoryOf, treeWorkspace } from '../lint/tree.js';

const DOCUMENT = /\.(?:runbook|inventory)\.ya?ml$/;
const SKIPPED = new Set(['node_modules', '.git']);

/** Files that are looked through for names, and folders that are looked into for them: a server may be started in a home directory. */
const MOST_FILES = 2000;
const MOST_FOLDERS = 10_000;

/** The disk as the linter sees it: nothing outside the trees that are named, wherever links lead. */
export const diskFiles: DiskFiles = {
  treeOf: async (folder) => (await repositoryOf(folder)) ?? folder,
  readText: (file, trees) => treeWorkspace(trees).readText(file),
  async documentsIn(folder, deep) {
    const files: string[] = [];
    const folders = [folder];
    // Those that are near come first, should there be too many.
    for (let index = 0; index < folders.length && index < MOST_FOLDERS && files.length < MOST_FILES; index++) {
      const at = folders[index] as string;
      const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.isDirectory() && deep && !SKIPPED.has(entry.name)) folders.push(`${at}/${entry.name}`);
        if (entry.isFile() && DOCUMENT.test(entry.name)) files.push(`${at}/${entry.name}`);
      }
    }
    return files.slice(0, MOST_FILES);
  },
};
