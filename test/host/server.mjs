// The VS Code server of the tests, and the browser that shows its window.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const node = join(here, 'node_modules/node/bin/node');
const serverMain = join(here, 'node_modules/code-server/lib/vscode/out/server-main.js');

/** Settings every window of the tests starts with: nothing that opens by itself or asks the network. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'terminal.integrated.gpuAcceleration': 'off',
  'files.simpleDialog.enable': true,
};

/**
 * @typedef {object} ServerOptions
 * @property {boolean} [trusted] `false` leaves workspace trust on, and the folder untrusted. Default true.
 * @property {Readonly<Record<string, unknown>>} [settings] settings, over the quiet ones; those of the product belong to the machine
 * @property {Readonly<Record<string, string>>} [env] environment of the server and of the extension host
 * @property {string} [extensionsDirectory] where extensions are installed; default a new empty folder
 */

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {string} log everything the server has printed
 * @property {() => Promise<void>} stop ends the server and removes its folders
 */

/**
 * Starts a VS Code server on a free loopback port with a new profile.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  if (!existsSync(serverMain) || !existsSync(node))
    throw new Error('the test host is not installed: run `npm test`, or `npm run test:host`');
  const directory = await mkdtemp(join(tmpdir(), 'vscode-host-'));
  await writeSettings(join(directory, 'user'), { ...quietSettings, ...options.settings });
  await mkdir(join(directory, 'extensions'));
  const args = [
    serverMain,
    '--host=127.0.0.1',
    '--port=0',
    '--without-connection-token',
    '--enable-smoke-test-driver',
    '--accept-server-license-terms',
    '--disable-telemetry',
    `--server-data-dir=${join(directory, 'server')}`,
    `--user-data-dir=${join(directory, 'user')}`,
    `--extensions-dir=${options.extensionsDirectory ?? join(directory, 'extensions')}`,
    ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
  ];
  // Started "from a command line", the server takes this environment; else it asks a login shell, whose PATH is another one.
  const child = spawn(node, args, { env: { ...process.env, VSCODE_CLI: '1', ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const server = {
    port: 0,
    log: '',
    stop: async () => {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(killer);
      process.off('exit', endWithUs);
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    server.port = await new Promise((resolve, reject) => {
      const read = (/** @type {Buffer} */ chunk) => {
        server.log += chunk.toString();
        const found = /Web UI available at http:\/\/[^:\s]+:(\d+)/.exec(server.log);
        if (found) resolve(Number(found[1]));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`the VS Code server ended with ${code}:\n${server.log}`)));
      setTimeout(() => reject(new Error(`the VS Code server did not start within 60 s:\n${server.log}`)), 60_000).unref();
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/**
 * Writes settings where a window of the server looks for them: those of machine scope, which are all of the product's own, in `Machine`,
 * the others in `User`, where a person may change them. In `User` those of machine scope would count until any setting is changed.
 * @param {string} userData
 * @param {Readonly<Record<string, unknown>>} settings
 * @returns {Promise<void>}
 */
async function writeSettings(userData, settings) {
  const ofMachine = Object.entries(settings).filter(([name]) => name.startsWith('runbook.'));
  const ofUser = Object.entries(settings).filter(([name]) => !name.startsWith('runbook.'));
  for (const [folder, entries] of /** @type {const} */ ([
    ['Machine', ofMachine],
    ['User', ofUser],
  ])) {
    await mkdir(join(userData, folder), { recursive: true });
    await writeFile(join(userData, folder, 'settings.json'), JSON.stringify(Object.fromEntries(entries), null, 2));
  }
}

/**
 * Installs a packed extension into a folder of extensions.
 * @param {string} vsix
 * @param {string} extensionsDirectory
 * @returns {Promise<void>}
 */
export async function installExtension(vsix, extensionsDirectory) {
  const args = [
    serverMain,
    '--install-extension',
    vsix,
    '--force',
    '--extensions-dir',
    extensionsDirectory,
    '--accept-server-license-terms',
  ];
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0 || !output.includes('successfully installed')) throw new Error(`${vsix} was not installed (${code}):\n${output}`);
}

/**
 * Address of a window of the server.
 * @param {number} port
 * @param {{ folder: string, extension?: string, tests?: string }} options absolute paths; `extension`: loaded from its sources; `tests`: module with `run()`
 * @returns {string}
 */
export function windowAddress(port, { folder, extension, tests }) {
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;
  const payload = [['skipWelcome', 'true']];
  if (extension !== undefined) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
  return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/**
 * Starts the browser: the one of the system, without anything that asks the network by itself.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
