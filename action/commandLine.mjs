import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execute } from './execute.mjs';
import { ReviewError } from './inputs.mjs';

const PACKAGE = 'runbook-studio-cli';

/**
 * Where the command line lies that does the work: the one that was named, else the npm package, installed without running a script and out of reach
 * of what the checkout configures.
 * @param {import('./inputs.mjs').Inputs} inputs
 * @param {{ workspace: string, temporary: string, action: string }} places
 * @returns {Promise<string>} absolute path of a module for Node
 */
export async function commandLine(inputs, places) {
  if (inputs.command !== '') {
    const command = resolve(places.workspace, inputs.command);
    if (!existsSync(command)) throw new ReviewError(`There is no command line at "${inputs.command}".`);
    return command;
  }
  const version = inputs.version === '' ? JSON.parse(readFileSync(join(places.action, 'package.json'), 'utf8')).version : inputs.version;
  const folder = join(places.temporary, PACKAGE);
  mkdirSync(folder, { recursive: true });
  const args = [
    'install',
    '--ignore-scripts',
    '--omit=optional',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    `${PACKAGE}@${version}`,
  ];
  // npm is a script file on Windows, which only a shell starts; the version has been checked and holds nothing that a shell would read.
  const [program, ...words] = process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm', ...args] : ['npm', ...args];
  const { code, err } = await execute(/** @type {string} */ (program), words, { cwd: folder });
  if (code === 0) return join(folder, 'node_modules', PACKAGE, 'dist/cli.mjs');
  throw new ReviewError(`npm could not install ${PACKAGE}@${version}: ${err.trim().split('\n').slice(-3).join(' ')}`);
}
