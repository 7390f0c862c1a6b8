import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { HumanError } from '../engine/index.js';
import type { Workspace } from '../language/index.js';

const MOST_BYTES = 16 * 1024 * 1024;

/** Files of this machine, as the language reads them: `/` between parts, nothing but regular files. */
export const fileWorkspace: Workspace = {
  async readText(file) {
    try {
      const found = await stat(file);
      if (!found.isFile() || found.size > MOST_BYTES) return undefined;
      return await readFile(file, 'utf8');
    } catch {
      return undefined;
    }
  },
};

/** A path as the language spells it: absolute, with `/`. */
export function languagePath(cwd: string, path: string): string {
  return resolve(cwd, path).replaceAll(sep, '/');
}

const DOCUMENT = /\.(runbook|inventory)\.ya?ml$/;

/** Runbooks and inventories named by operands: files as they are, folders searched. Throws a HumanError for what is not there. */
export async function findDocuments(cwd: string, operands: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const operand of operands.length === 0 ? ['.'] : operands) {
    const whole = languagePath(cwd, operand);
    const kind = await stat(whole).catch(() => undefined);
    if (kind === undefined) throw new HumanError(`${operand} does not exist.`, 'Name a runbook, an inventory, or a folder.');
    if (!kind.isDirectory()) found.add(document(whole, operand));
    else for (const file of await documentsUnder(whole)) found.add(file);
  }
  return [...found].sort();
}

/** Only the name tells what a file is; any other is not checked by accident. */
function document(file: string, operand: string): string {
  if (DOCUMENT.test(file)) return file;
  throw new HumanError(`${operand} is neither a runbook nor an inventory.`, 'Their names end in .runbook.yaml and .inventory.yaml.');
}

async function documentsUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name).replaceAll(sep, '/');
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') found.push(...(await documentsUnder(path)));
    if (entry.isFile() && DOCUMENT.test(entry.name)) found.push(path);
  }
  return found;
}
