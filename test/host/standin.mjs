#!/usr/bin/env node
// Stands in for the desktop binary of VS Code where that cannot be had: takes the same arguments from @vscode/test-electron,
// runs the tests inside a real VS Code server shown by a real browser, and ends with their exit code.
import { EventEmitter, once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import { installExtension, openBrowser, startServer, windowAddress } from './server.mjs';

/** How long the tests of one launch may take, in milliseconds. */
const LIMIT = 20 * 60_000;

/** What the window itself says on the same channel: its connections, and a gallery that cannot be reached. */
const workbenchChatter =
  /^(Canceled|getaddrinfo)|connection token|Creating a socket|AgentHost|AccountPolicyGate|grace-time|extensions cache|Service Worker/;

const args = process.argv.slice(2);
const option = (/** @type {string} */ name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const extensionsDirectory = option('extensions-dir') ?? (await mkdtemp(join(tmpdir(), 'vscode-extensions-')));
const vsix = option('install-extension');
if (vsix !== undefined) {
  await installExtension(vsix, extensionsDirectory);
  process.exit(0);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(1));
const tests = option('extensionTestsPath');
const server = await startServer({ trusted: args.includes('--disable-workspace-trust'), extensionsDirectory });
const browser = await openBrowser();
try {
  process.exitCode = await runInWindow();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
}

/** @returns {Promise<number>} */
async function runInWindow() {
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  const ended = new EventEmitter();
  const code = once(ended, 'code');
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ value) => ended.emit('code', value));
  await page.exposeFunction('codeAutomationLog', log);
  page.on('crash', () => ended.emit('error', new Error('the browser window crashed')));
  setTimeout(() => ended.emit('error', new Error(`the tests did not end within ${LIMIT / 60_000} minutes`)), LIMIT).unref();
  const folder = args.find((arg) => !arg.startsWith('-')) ?? process.cwd();
  const extension = option('extensionDevelopmentPath');
  await page.goto(
    windowAddress(server.port, {
      folder: resolve(folder),
      ...(extension === undefined ? {} : { extension: resolve(extension) }),
      ...(tests === undefined ? {} : { tests: resolve(tests) }),
    }),
  );
  return Number((await code)[0]);
}

/**
 * Prints what the extension host printed, as that host's console would.
 * @param {string} type
 * @param {unknown[]} values
 */
function log(type, values) {
  const text = format(...values);
  if (!workbenchChatter.test(text)) (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
}
