import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import SSHConfig from 'ssh-config';
import { checkAddress, checkPort, checkUser } from './names.js';

/** What the user's own SSH configuration says about a host. */
export interface HostSettings {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Absolute paths, in order; they need not exist. */
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** User certificates beside those that lie next to their keys; absolute paths. */
  readonly certificateFiles: readonly string[];
  /** Socket of the agent, or `none`; absent: the one of the environment. */
  readonly identityAgent?: string;
  /** `[user@]host[:port]`, the first hop first. */
  readonly jumps: readonly string[];
  readonly hostKeyAlias?: string;
  /** List of host keys that are never accepted. */
  readonly revokedHostKeys?: string;
  /** A command to connect through is set, which this client does not run. */
  readonly proxyCommand: boolean;
}

/** What the inventory or a jump already fixes. */
export interface HostRequest {
  readonly address: string;
  readonly user?: string;
  readonly port?: number;
}

const DEFAULT_IDENTITIES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/**
 * Settings of a host: what is asked for, then `~/.ssh/config`, then the defaults. System-wide and workspace files are not read.
 * OpenSSH itself reads the file when it is installed; else it is read as far as the package `ssh-config` understands it.
 * Throws a TransportError on names and ports that are none, and what `assertMayAct` throws where OpenSSH may not be started.
 */
export async function hostSettings(request: HostRequest, useConfig: boolean, assertMayAct: () => void): Promise<HostSettings> {
  checkAddress(request.address);
  if (request.user !== undefined) checkUser(request.user);
  const file = join(homedir(), '.ssh', 'config');
  const text = useConfig ? await readFile(file, 'utf8').catch(() => undefined) : undefined;
  const found =
    text === undefined ? new Map<string, string[]>() : ((await askOpenSsh(file, request, assertMayAct)) ?? askPackage(text, request));
  const settings = settingsOf(found, request);
  checkAddress(settings.address);
  checkPort(settings.port);
  checkUser(settings.user);
  return settings;
}

/** The answer of `ssh -G`, by lower-case keyword; undefined when there is no OpenSSH, or it refuses the file. */
async function askOpenSsh(file: string, request: HostRequest, assertMayAct: () => void): Promise<Map<string, string[]> | undefined> {
  assertMayAct();
  const args = ['-F', file, '-G'];
  if (request.user !== undefined) args.push('-l', request.user);
  if (request.port !== undefined) args.push('-p', String(request.port));
  const text = await new Promise<string | undefined>((resolve) => {
    execFile('ssh', [...args, request.address], { timeout: 10_000 }, (error, stdout) => {
      resolve(error === null ? stdout : undefined);
    });
  });
  if (text === undefined) return undefined;
  const found = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const blank = line.indexOf(' ');
    if (blank > 0) add(found, line.slice(0, blank), line.slice(blank + 1));
  }
  return found;
}

/** The same from the text of a configuration file, without OpenSSH. */
function askPackage(text: string, { address, user }: HostRequest): Map<string, string[]> {
  const found = new Map<string, string[]>();
  // A user that is given, be it an empty one, is taken for the answer.
  const subject = user === undefined ? { Host: address } : { Host: address, User: user };
  const computed = SSHConfig.parse(text).compute(subject, { ignoreCase: true });
  for (const [keyword, value] of Object.entries(computed))
    for (const one of Array.isArray(value) ? value : [value]) add(found, keyword, one);
  return found;
}

function add(found: Map<string, string[]>, keyword: string, value: string): void {
  const name = keyword.toLowerCase();
  found.set(name, [...(found.get(name) ?? []), value]);
}

function settingsOf(found: ReadonlyMap<string, readonly string[]>, request: HostRequest): HostSettings {
  const first = (name: string): string | undefined => found.get(name)?.[0];
  const own = (name: string): string | undefined => {
    const value = first(name);
    return value === undefined || value === 'none' || value === '' ? undefined : value;
  };
  const address = (first('hostname') ?? request.address).replaceAll('%h', request.address);
  const user = request.user ?? own('user') ?? userInfo().username;
  const port = request.port ?? Number(first('port') ?? 22);
  const identities = found.get('identityfile') ?? DEFAULT_IDENTITIES.map((name) => `~/.ssh/${name}`);
  const agent = first('identityagent');
  const alias = own('hostkeyalias');
  const revoked = own('revokedhostkeys');
  const expand = (path: string): string =>
    path
      .replace(/^~(?=\/)/, homedir())
      .replaceAll(/%[dhru%]/g, (token) => ({ '%d': homedir(), '%h': address, '%r': user, '%u': userInfo().username })[token] ?? '%');
  return {
    address,
    port,
    user,
    identityFiles: identities.filter((path) => path !== 'none').map(expand),
    certificateFiles: (found.get('certificatefile') ?? []).filter((path) => path !== 'none').map(expand),
    identitiesOnly: first('identitiesonly')?.toLowerCase() === 'yes',
    ...(agent === undefined || agent === 'SSH_AUTH_SOCK' ? {} : { identityAgent: agent === 'none' ? agent : expand(agent) }),
    jumps:
      own('proxyjump')
        ?.split(',')
        .map((jump) => jump.trim()) ?? [],
    ...(alias === undefined ? {} : { hostKeyAlias: alias }),
    ...(revoked === undefined ? {} : { revokedHostKeys: expand(revoked) }),
    proxyCommand: own('proxycommand') !== undefined,
  };
}

/** Takes a jump apart: `[user@]host[:port]` or `ssh://[user@]host[:port]`. Throws a TransportError on anything else. */
export function parseJump(jump: string): HostRequest {
  const match = /^(?:ssh:\/\/)?(?:([^@/]+)@)?(\[[^\]]+\]|[^:/]+)(?::(\d{1,5}))?\/?$/.exec(jump);
  const address = checkAddress((match?.[2] ?? jump).replace(/^\[(.*)\]$/, '$1'));
  return {
    address,
    ...(match?.[1] === undefined ? {} : { user: checkUser(match[1]) }),
    ...(match?.[3] === undefined ? {} : { port: Number(match[3]) }),
  };
}
