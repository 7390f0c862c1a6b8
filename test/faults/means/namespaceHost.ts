import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killIfThere } from '../../support/killIfThere.js';
import { freePort, haveSshd, makeKey, PLAIN_SERVER } from '../../support/sshd.js';
import type { Reached } from './sshTrial.js';

/** A login of the host that is no administrator, but may become one without a password. */
export const WORKER = { name: 'worker', uid: 61_234 } as const;

/** Runs as the first process of the host: what it binds is seen there only. */
const BOOT = `
set -e
mount -t proc proc /proc
mount --bind "$1/boot_id" /proc/sys/kernel/random/boot_id
for file in passwd shadow group sudoers hosts; do [ ! -e "/etc/$file" ] || mount --bind "$1/$file" "/etc/$file"; done
hostname "$2"
exec /usr/sbin/sshd -D -e -f "$1/sshd_config"
`;

const WATCH_MS = 50;

/** What this machine lacks to be divided into hosts, or undefined. */
export function cannotDivide(): string | undefined {
  if (!haveSshd) return 'there is no sshd on this machine';
  const tried = spawnSync('unshare', ['--mount', '--pid', '--uts', '--fork', 'mount', '-t', 'proc', 'proc', '/proc']);
  return tried.status === 0 ? undefined : 'this user may not divide this machine into namespaces (unshare)';
}

/**
 * A host of its own processes, name and boot id, with a real OpenSSH server on a loopback port. To reboot it, all its processes are
 * killed at once and it begins again with another boot id. What stands on its disk stays.
 */
export class NamespaceHost {
  /** How long it stays down when a program on it asks for a reboot. */
  downMs = 0;
  /** How often it has been booted again. */
  reboots = 0;
  readonly #directory: string;
  readonly #name: string;
  readonly #port: number;
  readonly #hostKey: string;
  readonly #identity: string;
  readonly #watch: NodeJS.Timeout;
  #init: ChildProcess | undefined;
  #booting: Promise<void> = Promise.resolve();

  private constructor(directory: string, name: string, port: number) {
    this.#directory = directory;
    this.#name = name;
    this.#port = port;
    this.#hostKey = makeKey(join(directory, 'host'));
    this.#identity = makeKey(join(directory, 'id'));
    this.#watch = setInterval(() => {
      const asked = this.rebootRequest;
      if (!existsSync(asked)) return;
      rmSync(asked);
      void this.reboot(this.downMs);
    }, WATCH_MS);
  }

  static async open(name = 'one'): Promise<NamespaceHost> {
    const directory = mkdtempSync(join(tmpdir(), 'runbook-host-'));
    // The worker reaches its home through it.
    chmodSync(directory, 0o755);
    const host = new NamespaceHost(directory, name, await freePort('127.0.0.1'));
    host.#furnish();
    await host.#boot();
    return host;
  }

  /** A program on the host asks for a reboot by making this file. */
  get rebootRequest(): string {
    return join(this.#directory, 'reboot-asked');
  }

  reached(user: 'root' | 'worker' = 'root'): Reached {
    return {
      port: this.#port,
      user: user === 'root' ? 'root' : WORKER.name,
      identity: this.#identity,
      hostKey: readFileSync(`${this.#hostKey}.pub`, 'utf8').trim(),
      home: join(this.#directory, user),
    };
  }

  /** Kills everything on it and, after `downMs`, boots it. Resolves when it answers. */
  reboot(downMs = 0): Promise<void> {
    this.#booting = this.#booting.then(async () => {
      await this.#kill();
      await sleep(downMs);
      this.reboots += 1;
      await this.#boot();
    });
    return this.#booting;
  }

  /** Resolves once no reboot is under way. */
  settled(): Promise<void> {
    return this.#booting;
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    await this.#booting;
    await this.#kill();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  #furnish(): void {
    const at = (name: string): string => join(this.#directory, name);
    for (const user of ['root', 'worker']) mkdirSync(at(user), { mode: 0o700 });
    chownSync(at('worker'), WORKER.uid, WORKER.uid);
    const lines = (file: string, own: readonly string[]): string => {
      const there = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      const names = own.map((line) => `${line.slice(0, line.indexOf(':'))}:`);
      return `${[...own, ...there.filter((line) => line !== '' && !names.some((name) => line.startsWith(name)))].join('\n')}\n`;
    };
    const id = String(WORKER.uid);
    writeFileSync(
      at('passwd'),
      lines('/etc/passwd', [`root:x:0:0::${at('root')}:/bin/sh`, `${WORKER.name}:x:${id}:${id}::${at('worker')}:/bin/sh`]),
    );
    writeFileSync(at('shadow'), lines('/etc/shadow', ['root:*:19000:0:99999:7:::', `${WORKER.name}:*:19000:0:99999:7:::`]), {
      mode: 0o640,
    });
    writeFileSync(at('group'), lines('/etc/group', [`${WORKER.name}:x:${id}:`]));
    writeFileSync(at('sudoers'), `root ALL=(ALL:ALL) ALL\n${WORKER.name} ALL=(ALL:ALL) NOPASSWD: ALL\n`, { mode: 0o440 });
    writeFileSync(at('hosts'), `127.0.0.1 localhost ${this.#name}\n`);
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    writeFileSync(
      at('sshd_config'),
      [
        'ListenAddress 127.0.0.1',
        `Port ${String(this.#port)}`,
        `HostKey ${this.#hostKey}`,
        `AuthorizedKeysFile ${this.#identity}.pub`,
        'PidFile none',
        ...PLAIN_SERVER,
        '',
      ].join('\n'),
    );
  }

  async #boot(): Promise<void> {
    writeFileSync(join(this.#directory, 'boot_id'), `${randomUUID()}\n`);
    const flags = ['--mount', '--pid', '--uts', '--fork', '--kill-child', '--propagation', 'private'];
    const init = spawn('unshare', [...flags, 'sh', '-c', BOOT, 'boot', this.#directory, this.#name], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    init.stderr.on('data', (bytes: Buffer) => (log = (log + bytes.toString()).slice(-4000)));
    this.#init = init;
    for (let tries = 0; tries < 200; tries++) {
      if (init.exitCode !== null) throw new Error(`the host did not boot: ${log}`);
      if (await answers(this.#port)) return;
      await sleep(25);
    }
    throw new Error(`the host does not answer: ${log}`);
  }

  async #kill(): Promise<void> {
    const init = this.#init;
    this.#init = undefined;
    if (init === undefined || init.exitCode !== null) return;
    const gone = once(init, 'exit');
    // The first process takes all others with it; the kernel sees to that.
    firstProcesses(init.pid ?? -1).forEach(killIfThere);
    await gone;
  }
}

function firstProcesses(parent: number): number[] {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' });
  return children.split('\n').map(Number).filter(Boolean);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    for (const event of ['error', 'close']) socket.once(event, () => resolve(false));
  });
}
