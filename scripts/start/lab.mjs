import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../setup/command.mjs';

/** What the lab prints once all its hosts answer. */
const READY = /^ready;/m;

/** How it prints what a run against it takes from its environment: the passwords of its hosts. */
const ENVIRONMENT = /^environment +(\w+)=(.*)$/gm;

/**
 * @typedef {object} RunningLab
 * @property {string} knownHosts file with the keys of its hosts
 * @property {string} identity private key its hosts accept
 * @property {string} stateDirectory where the runs against it are kept
 * @property {string} directory
 * @property {Readonly<Record<string, string>>} env for what runs against it: its `ipmitool` on the PATH, and the secrets of its hosts
 * @property {Promise<unknown>} ended when it has gone, for whatever reason
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the lab in a directory of its own and waits until all its hosts answer.
 * @param {string} directory
 * @returns {Promise<RunningLab>}
 */
export async function startLab(directory) {
  console.log('Starting the lab …');
  const args = [join(root, 'dist/lab.mjs'), '--directory', directory];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  process.once('exit', () => child.kill());
  let output = '';
  await Promise.race([
    new Promise((resolve) => {
      child.stdout.on('data', (chunk) => {
        process.stdout.write(chunk);
        output += chunk;
        if (READY.test(output)) resolve(undefined);
      });
    }),
    ended.then((code) =>
      Promise.reject(new Error(`The lab ended with ${code} before it was ready. Where its addresses are in use, end the other lab first.`)),
    ),
    delay(60_000, undefined, { ref: false }).then(() => Promise.reject(new Error('The lab was not ready within a minute.'))),
  ]);
  const given = Object.fromEntries([...output.matchAll(ENVIRONMENT)].map(([, name, value]) => [name, value]));
  return {
    directory,
    knownHosts: join(directory, 'known_hosts'),
    identity: join(directory, 'id_ed25519'),
    stateDirectory: join(directory, 'state'),
    env: { ...given, PATH: `${join(directory, 'operator-bin')}${delimiter}${process.env['PATH'] ?? ''}` },
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
