import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execute, root } from '../setup/command.mjs';
import { installTestHost } from '../setup/testHost.mjs';

const examples = join(root, 'examples');

/**
 * Opens VS Code on the examples with the extension: the one on the PATH, else the desktop build of the tests where it can be downloaded,
 * else the server build, with its address printed. Resolves when it is closed, or when the lab ends.
 * @param {import('./lab.mjs').RunningLab} lab
 * @returns {Promise<number>}
 */
export async function start(lab) {
  const settings = {
    'runbook.ssh.knownHosts': [lab.knownHosts],
    'runbook.ssh.identities': [lab.identity],
    'runbook.ssh.useConfig': false,
    'runbook.stateDirectory': lab.stateDirectory,
    // A window in a browser would save every key into the examples.
    'files.autoSave': 'off',
  };
  const desktop = onPath('code') ?? (await downloaded());
  return desktop === undefined ? serve(lab, settings) : openDesktop(desktop, lab, settings);
}

/**
 * The `code` in a terminal of a remote window is left out: it opens files in that window and takes neither a profile nor an extension.
 * @param {string} program
 */
function onPath(program) {
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.endsWith('remote-cli'));
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** @returns {Promise<string | undefined>} */
async function downloaded() {
  const { chooseExecutable } = await import('../../test/host/executable.mjs');
  const { path, standin } = await chooseExecutable();
  return standin ? undefined : path;
}

/**
 * A profile of its own, so that the person's settings stay as they are and the lab's keys and runs are not kept among them.
 * @param {string} program
 * @param {import('./lab.mjs').RunningLab} lab
 * @param {Readonly<Record<string, unknown>>} settings
 */
async function openDesktop(program, lab, settings) {
  const profile = join(lab.directory, 'vscode');
  await mkdir(join(profile, 'User'), { recursive: true });
  await writeFile(join(profile, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const args = ['--wait', '--new-window', `--user-data-dir=${profile}`, `--extensionDevelopmentPath=${root}`, examples];
  return execute(program, args, { env: lab.env });
}

/**
 * @param {import('./lab.mjs').RunningLab} lab
 * @param {Readonly<Record<string, unknown>>} settings
 */
async function serve(lab, settings) {
  await installTestHost();
  const { startServer, windowAddress } = await import('../../test/host/server.mjs');
  const server = await startServer({ settings, env: lab.env });
  console.log(
    `\nOpen this address in a browser:\n\n  ${windowAddress(server.port, { folder: examples, extension: root })}\n\nCtrl+C ends it.`,
  );
  await Promise.race([lab.ended, new Promise((resolve) => ['SIGINT', 'SIGTERM'].map((signal) => process.once(signal, resolve)))]);
  await server.stop();
  return 0;
}
