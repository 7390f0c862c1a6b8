import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { need, root } from './command.mjs';
import { installDebianPackages } from './debian.mjs';
import { isInstalled } from './packages.mjs';

const folder = join(root, 'test/host');
const binaries = join(folder, 'node_modules/.bin');

/** Written by the last step of code-server's own installation. */
const built = join(folder, 'node_modules/code-server/lib/vscode/extensions/node_modules');

/**
 * Installs the VS Code of the tests: the server build, the Node it wants, and the driver of the browser. Takes minutes the first time.
 * @returns {Promise<void>}
 */
export async function installTestHost() {
  if (!isInstalled(folder)) {
    await need('Installing the test host', 'npm', ['ci', '--ignore-scripts', '--no-progress'], { cwd: folder, quiet: true });
  }
  if (!existsSync(join(binaries, 'node'))) {
    await need('Installing the Node of the test host', 'npm', ['rebuild', '--ignore-scripts=false', 'node'], { cwd: folder, quiet: true });
  }
  if (!existsSync(built)) {
    await installDebianPackages({ toBuild: true });
    // code-server looks which Node runs npm, so npm itself has to run under the one installed above. Under `npm test` the outer npm has
    // already said which Node it runs on, and an inner npm would repeat that instead of its own.
    const path = `${binaries}${delimiter}${process.env['PATH'] ?? ''}`;
    const env = { PATH: path, npm_config_user_agent: undefined, ...headersAtHand() };
    await need('Building the VS Code server (about two minutes)', 'npm', ['rebuild', '--ignore-scripts=false', 'code-server'], {
      cwd: folder,
      env,
      quiet: true,
    });
  }
}

/**
 * The native modules use Node-API, which is the same in every Node, so the headers of this one serve where there are some. Else they are
 * downloaded, which not every network allows.
 * @returns {Record<string, string>}
 */
function headersAtHand() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}
