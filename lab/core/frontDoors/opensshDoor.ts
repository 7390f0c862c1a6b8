import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { Behind, FrontDoor } from './frontDoor.js';

const SSHD_PLACES = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'];

/** The OpenSSH server, run as the current user. Every session starts in one script that gives it the host's environment. */
export class OpensshDoor implements FrontDoor {
  #daemon: ChildProcess | undefined;

  constructor(readonly behind: Behind) {}

  async open(): Promise<void> {
    if (this.#daemon !== undefined) return;
    const program = SSHD_PLACES.find((place) => existsSync(place));
    if (program === undefined) throw new Error('the lab needs the OpenSSH server (Debian: apt install openssh-server) for this front door');
    // As root, the server asks for this empty directory and ends without it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    const config = this.#writeConfiguration();
    const daemon = spawn(program, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#daemon = daemon;
    let complaints = '';
    daemon.stderr.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString('utf8')).slice(-2000);
    });
    for (let tries = 0; !(await answers(this.behind.address, this.behind.port)); tries++) {
      if (daemon.exitCode !== null || tries > 200) throw new Error(`sshd of ${this.behind.name} does not start: ${complaints}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  drop(): void {
    const daemon = this.#daemon?.pid;
    if (daemon === undefined) return;
    for (const pid of descendants(daemon)) kill(pid);
  }

  async close(): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    if (daemon === undefined || daemon.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => {
      daemon.once('exit', () => {
        resolve();
      });
    });
    const sessions = daemon.pid === undefined ? [] : descendants(daemon.pid);
    daemon.kill('SIGKILL');
    for (const pid of sessions) kill(pid);
    await ended;
  }

  #writeConfiguration(): string {
    const { behind } = this;
    const { backstage } = behind;
    const session = path.join(backstage, 'session');
    const assignments = Object.entries(behind.environment()).map(([name, value]) => `export ${name}=${quote(value)}`);
    const start = 'if [ -n "${SSH_ORIGINAL_COMMAND-}" ]; then exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"; else exec /bin/sh; fi';
    writeFileSync(session, ['#!/bin/sh', ...assignments, `cd ${quote(behind.home)}`, start, ''].join('\n'), { mode: 0o755 });
    const authorized = path.join(backstage, 'authorized_keys');
    writeFileSync(authorized, `${behind.clientKey}\n`, { mode: 0o600 });
    const config = path.join(backstage, 'sshd_config');
    const lines = [
      `ListenAddress ${behind.address}`,
      `Port ${String(behind.port)}`,
      `HostKey ${behind.hostKeyFile}`,
      `AuthorizedKeysFile ${authorized}`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'PrintMotd no',
      'MaxStartups 100:30:200',
      'MaxSessions 100',
      'Subsystem sftp sftp-subsystem',
      `ForceCommand ${quote(session)}`,
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    return config;
  }
}

function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Child processes of a process that are servers of a connection: they belong to the daemon, not to what a session started. */
function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      const name = readFileSync(`/proc/${entry}/comm`, 'utf8').trim();
      if (name.startsWith('sshd')) parents.set(Number(entry), Number(fields[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const found = [root];
  for (const parent of found) for (const [pid, itsParent] of parents) if (itsParent === parent) found.push(pid);
  return found.slice(1);
}

function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
