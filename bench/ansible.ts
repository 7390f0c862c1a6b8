import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Sshd } from '../test/support/sshd.js';
import { processTime } from './measure.js';

/** Whether `ansible-playbook` is on the PATH. */
export const haveAnsible = spawnSync('ansible-playbook', ['--version']).status === 0;

/** Hosts behind one server, and how many steps each takes. */
export interface AnsibleRun {
  /** Where the playbook is written. */
  readonly directory: string;
  readonly addresses: readonly string[];
  readonly server: Sshd;
  readonly knownHosts: string;
  readonly steps: number;
}

/** Time of `ansible-playbook` for as many steps that do nothing, with 50 forks, pipelining and shared connections, and no facts gathered. */
export function ansibleRun({ directory, addresses, server, knownHosts, steps }: AnsibleRun): number {
  const home = join(directory, 'ansible');
  mkdirSync(home, { recursive: true });
  const inventory = join(home, 'hosts.ini');
  const common = {
    ansible_port: String(server.port),
    ansible_user: userInfo().username,
    ansible_ssh_private_key_file: server.identity,
    ansible_python_interpreter: '/usr/bin/python3',
    ansible_ssh_common_args: `-o UserKnownHostsFile=${knownHosts}`,
  };
  const variables = Object.entries(common).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  writeFileSync(inventory, `[app]\n${addresses.join('\n')}\n[app:vars]\n${variables.join('\n')}\n`);
  const playbook = join(home, 'playbook.yml');
  const tasks = Array.from({ length: steps }, (_, step) => `    - name: Nothing ${String(step)}\n      ansible.builtin.command: "true"\n`);
  writeFileSync(playbook, `- hosts: app\n  gather_facts: false\n  tasks:\n${tasks.join('')}`);
  const configuration = join(home, 'ansible.cfg');
  writeFileSync(
    configuration,
    `[defaults]\nforks = 50\n[ssh_connection]\npipelining = True\nssh_args = -o ControlMaster=auto -o ControlPersist=60s -o ControlPath=${home}/%C\n`,
  );
  process.env['ANSIBLE_CONFIG'] = configuration;
  return processTime('ansible-playbook', ['-i', inventory, playbook]);
}
