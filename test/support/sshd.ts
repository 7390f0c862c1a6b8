import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killIfThere } from './killIfThere.js';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));

/** Whether this machine has an OpenSSH server to start. */
export const haveSshd = SSHD !== undefined;

/** Lines of sshd_config of a server that lets keys in, and only keys, wherever its files lie. */
export const PLAIN_SERVER: readonly string[] = [
  'StrictModes no',
  'UsePAM no',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  'PermitRootLogin yes',
  'MaxStartups 100',
  'Subsystem sftp internal-sftp',
];

/** An OpenSSH server of the current user, on a loopback port of its own. */
export interface Sshd {
  readonly address: string;
  readonly port: number;
  /** Private directory of the server; the commands it runs have `home` in it as their home directory. */
  readonly directory: string;
  readonly home: string;
  /** Private key that is let in. */
  readonly identity: string;
  /** Line of `known_hosts`. */
  readonly knownHost: string;
  /** Drops all connections as a cut cable would be noticed: the processes that serve them are killed. */
  dropConnections(): void;
  stop(): Promise<void>;
}

/** What differs from a plain server. */
export interface SshdOptions {
  readonly address?: string;
  /** Where its directory is made; that of temporary files when it is not given. */
  readonly under?: string;
  /** Lines of sshd_config; the first line of a keyword wins, and these come first. */
  readonly config?: readonly string[];
  /** Type of the host key. */
  readonly keyType?: 'ed25519' | 'ecdsa' | 'rsa';
}

/** An inventory in which the role `app` is one host, `one`, that is reached over SSH. */
export function inventoryOfOne({ address, port }: Pick<Sshd, 'address' | 'port'>): string {
  const host = `{ address: ${address}, port: ${String(port)}, user: ${userInfo().username}, platform: linux }`;
  return `inventory: v1\nenvironment: e\nhosts:\n  one: ${host}\nroles:\n  app: [one]\n`;
}

/** Makes a key pair and returns the path of the private half. */
export function makeKey(file: string, type: 'ed25519' | 'ecdsa' | 'rsa' = 'ed25519', passphrase = ''): string {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', '', '-f', file]);
  return file;
}

/** Starts a server and waits until it answers. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      // A free port may be taken by somebody else before the server has it.
      if (tries === 3 || !/Address already in use/.test((error as Error).message)) throw error;
    }
  }
}

async function startOnce(options: SshdOptions): Promise<Sshd> {
  if (SSHD === undefined) throw new Error('this machine has no sshd');
  const directory = mkdtempSync(join(options.under ?? tmpdir(), 'runbook-sshd-'));
  const home = join(directory, 'home');
  mkdirSync(home, { mode: 0o700 });
  const address = options.address ?? '127.0.0.1';
  const port = await freePort(address);
  const hostKey = makeKey(join(directory, 'host'), options.keyType);
  const identity = makeKey(join(directory, 'id'));
  // Started as root, the server insists on its directory for privilege separation.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  writeFileSync(
    join(directory, 'sshd_config'),
    [
      ...(options.config ?? []),
      `ListenAddress ${address}`,
      `Port ${String(port)}`,
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${identity}.pub`,
      `PidFile ${join(directory, 'pid')}`,
      `SetEnv HOME=${home}`,
      ...PLAIN_SERVER,
      '',
    ].join('\n'),
  );
  const server = spawn(SSHD, ['-D', '-e', '-f', join(directory, 'sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (bytes: Buffer) => (log += bytes.toString()));
  await answering(address, port, server, () => log);
  const name = port === 22 ? address : `[${address}]:${String(port)}`;
  return {
    address,
    port,
    directory,
    home,
    identity,
    knownHost: `${name} ${readFileSync(`${hostKey}.pub`, 'utf8').trim()}\n`,
    dropConnections: () => {
      childrenOf(server.pid ?? -1).forEach(killIfThere);
    },
    stop: async () => {
      childrenOf(server.pid ?? -1).forEach(killIfThere);
      const gone = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null && server.kill()) await gone;
      rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** All descendants that serve connections: the children of the server and theirs that are still `sshd`. */
function childrenOf(parent: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n');
  const rows = lines
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, ppid, name]) => ({ pid: Number(pid), ppid: Number(ppid), name: name ?? '' }));
  const direct = rows.filter(({ ppid, name }) => ppid === parent && name.startsWith('sshd'));
  return direct.flatMap(({ pid }) => [...childrenOf(pid), pid]);
}

/** A loopback port nobody listens on. */
export function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, address, () => {
      const found = server.address();
      server.close(() => {
        if (found !== null && typeof found === 'object') resolve(found.port);
      });
    });
  });
}

async function answering(address: string, port: number, server: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`sshd ended: ${log()}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, address)
        .once('connect', () => {
          resolve(true);
          socket.destroy();
        })
        .once('error', () => {
          resolve(false);
        });
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error(`sshd does not answer: ${log()}`);
}
