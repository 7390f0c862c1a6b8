// Serves the window of VS Code as a web site does that has no machine behind it: no remote, every extension in a worker of the page.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { join, normalize } from 'node:path';

/** Path under which what the tests add is served: the window may fetch from its own origin only. */
export const ADDED = '/added';

/** The program of the window. That of the server takes the machine it came from for the one behind it, whatever the settings say. */
const WINDOW_SCRIPT = '/vs/code/browser/workbench/workbench.js';
const OWN_MACHINE = ',remoteAuthority:location.host}';

/**
 * @typedef {object} WebSite
 * @property {number} port
 * @property {() => Promise<void>} stop
 */

/**
 * @param {number} behind port of the VS Code server
 * @param {{ folders: Readonly<Record<string, string>>, extensions: readonly string[] }} options folders to serve under {@link ADDED}, by name, and
 *   those of them that are extensions under development
 * @returns {Promise<WebSite>}
 */
export async function serveWebSite(behind, { folders, extensions }) {
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    if (pathname.startsWith(`${ADDED}/`)) void sendFile(decodeURIComponent(pathname.slice(ADDED.length + 1)), folders, outgoing);
    else if (pathname === '/') void sendWindow(behind, incoming.headers.host ?? '', extensions, outgoing);
    else if (pathname.endsWith(WINDOW_SCRIPT)) void sendScript(behind, pathname, outgoing);
    else pass(incoming, outgoing, behind);
  });
  await /** @type {Promise<void>} */ (new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve())));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} path its first part is the name of a folder
 * @param {Readonly<Record<string, string>>} folders
 * @param {import('node:http').ServerResponse} outgoing
 */
async function sendFile(path, folders, outgoing) {
  const [name = '', ...rest] = path.split('/');
  const folder = folders[name];
  const file = folder === undefined ? '' : join(folder, normalize(`/${rest.join('/')}`));
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) return void outgoing.writeHead(404).end();
  outgoing.writeHead(200, { 'content-type': /\.[cm]?js$/.test(file) ? 'text/javascript' : 'application/octet-stream' });
  createReadStream(file).pipe(outgoing);
}

/**
 * The page as the server has it, but for its settings.
 * @param {number} behind
 * @param {string} host
 * @param {readonly string[]} extensions
 * @param {import('node:http').ServerResponse} outgoing
 */
async function sendWindow(behind, host, extensions, outgoing) {
  const answer = await fetch(`http://127.0.0.1:${behind}/`);
  const page = (await answer.text()).replace(
    /(<meta id="vscode-workbench-web-configuration" data-settings=")([^"]*)/,
    (_, before, settings) => {
      const { remoteAuthority: _machine, ...known } = JSON.parse(settings.replaceAll('&quot;', '"'));
      const added = extensions.map((name) => ({ scheme: 'http', authority: host, path: `${ADDED}/${name}` }));
      const changed = { ...known, developmentOptions: { ...known.developmentOptions, extensions: added } };
      return before + JSON.stringify(changed).replaceAll('"', '&quot;');
    },
  );
  const policy = answer.headers.get('content-security-policy') ?? '';
  outgoing.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(page);
}

/**
 * @param {number} behind
 * @param {string} path
 * @param {import('node:http').ServerResponse} outgoing
 */
async function sendScript(behind, path, outgoing) {
  const script = await (await fetch(`http://127.0.0.1:${behind}${path}`)).text();
  if (!script.includes(OWN_MACHINE)) return void outgoing.writeHead(500).end('the window names its machine in another way than it did');
  outgoing.writeHead(200, { 'content-type': 'text/javascript' }).end(script.replace(OWN_MACHINE, '}'));
}

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @param {import('node:http').ServerResponse} outgoing
 * @param {number} port
 */
function pass({ url, method, headers }, outgoing, port) {
  const onward = request({ host: '127.0.0.1', port, path: url, method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  onward.end();
}
