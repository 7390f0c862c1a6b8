import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A runbook that would act, ask, connect and look names up at every place where that can be written, if somebody only looked at it. */
const TRAP = `runbook: v1
id: trap
title: A trap
inputs: { name: { type: string, title: Name, default: "$(touch mark)" } }
secrets: { token: { title: A token, env: TRAP_TOKEN } }
roles:
  server: { hosts: 1..3 }
  leader: { of: server, where: host.leads }
facts:
  leads: { type: boolean, on: server, read: { command: { run: touch mark } } }
  page: { type: string, read: { http: { url: "http://trap.example.com/", status: 200 } } }
steps:
  - { id: here, title: Leave a mark on this machine, from: local, run: touch mark, timeout: 1m, when: "facts.page == 'x'" }
  - { id: there, title: Look around on the host, on: leader, run: id, timeout: 1m, unless: { port: { number: 22 } } }
  - { id: ask, title: Ask, http: { method: POST, url: "http://trap.example.com/\${{ inputs.name }}" }, timeout: 1m }
  - { id: send, title: Send, on: server, upload: { file: /etc/passwd, to: /tmp/ }, timeout: 1m }
  - { id: up, title: Up, on: server, check: { host: reachable } , timeout: 1m }
  - { id: other, title: Other, use: other.runbook.yaml }
`;

const OTHER = `runbook: v1
id: other
title: Another
steps:
  - { id: mark, title: Leave a mark, from: local, run: touch mark, timeout: 1m }
`;

const INVENTORY = `inventory: v1
environment: trap
hosts:
  victim: { address: trap.example.com, user: "root" }
  other: { address: 127.0.0.1 }
roles: { server: [victim, other] }
ssh: { port: 9 }
`;

/** Files of a workspace nobody trusts: settings and tasks of the editor that point to programs, and two commits to be compared. */
export function trapTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-trap-'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('trap.runbook.yaml', TRAP);
  write('other.runbook.yaml', OTHER);
  write('trap.inventory.yaml', INVENTORY);
  write('before.runbook.yaml', TRAP.replace('touch mark, timeout: 1m, when', 'touch other, timeout: 1m, when'));
  mkdirSync(join(folder, '.vscode'));
  write('.vscode/settings.json', JSON.stringify({ 'runbook.ssh.knownHosts': ['/dev/null'], 'runbook.stateDirectory': folder }));
  write('.npmrc', 'node-options=--import=./evil.mjs\n');
  write('evil.mjs', "import { writeFileSync } from 'node:fs'; writeFileSync('mark', '');\n");
  const git = (...words: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet', '-b', 'main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  write('other.runbook.yaml', OTHER.replace('timeout: 1m', 'timeout: 2m'));
  git('commit', '--quiet', '-a', '-m', 'second');
  return folder;
}
