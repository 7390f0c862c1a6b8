import { join } from 'node:path';
import { execute, root } from '../setup/command.mjs';

const example = join(root, 'examples/sps');

/**
 * Upgrades the simulated pair of appliances and its two search minions, start to end.
 * @param {import('./lab.mjs').RunningLab} lab
 * @returns {Promise<number>} exit code of the run
 */
export function start(lab) {
  const args = [
    join(root, 'dist/cli.mjs'),
    'run',
    join(example, 'sps.runbook.yaml'),
    '--inventory',
    join(example, 'lab_pair_minions.inventory.yaml'),
    '--evidence',
    join(example, 'evidence.yaml'),
    '--yes',
    '--headless',
    '--known-hosts',
    lab.knownHosts,
    '--identity',
    lab.identity,
    '--no-ssh-config',
    '--state-dir',
    lab.stateDirectory,
  ];
  return execute(process.execPath, args, { env: lab.env });
}
