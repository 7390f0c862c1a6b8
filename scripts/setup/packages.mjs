import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { need, root } from './command.mjs';

/**
 * Whether a folder holds exactly what its lockfile names. npm writes what it installed into `node_modules/.package-lock.json`.
 * Packages for other platforms are absent by design.
 * @param {string} folder
 * @returns {boolean}
 */
export function isInstalled(folder) {
  const record = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const installed = present[path];
    return installed === undefined ? entry.optional === true || entry.peer === true : installed.version === entry.version;
  });
}

/**
 * Installs the packages of the repository when they are missing or other than the lockfile says.
 * @returns {Promise<void>}
 */
export async function installPackages() {
  if (isInstalled(root)) return;
  await need('Installing the packages', 'npm', ['ci', '--no-progress', '--no-fund', '--no-audit'], { quiet: true });
}
