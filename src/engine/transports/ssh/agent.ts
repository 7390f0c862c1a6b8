import { readFile } from 'node:fs/promises';
import ssh2 from 'ssh2';
import type { BaseAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import type { HostSettings } from './sshConfig.js';

/**
 * The user's agent, or undefined when there is none or it may not be used. With `IdentitiesOnly` it offers only the keys whose files are
 * named. It signs for this login only: it is never forwarded.
 */
export async function identitiesAgent(settings: HostSettings, files: readonly string[]): Promise<BaseAgent | undefined> {
  const socket =
    settings.identityAgent ?? process.env['SSH_AUTH_SOCK'] ?? (process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined);
  if (socket === undefined || socket === '' || socket === 'none') return undefined;
  const agent = new ssh2.OpenSSHAgent(socket);
  if (!settings.identitiesOnly) return agent;
  const named = await Promise.all(files.map(publicKey));
  return new SomeKeysAgent(
    agent,
    named.filter((key) => key !== undefined),
  );
}

/** The public half of an identity file, from `FILE.pub` or the file itself. */
async function publicKey(file: string): Promise<Buffer | undefined> {
  for (const path of [`${file}.pub`, file]) {
    const data = await readFile(path).catch(() => undefined);
    if (data === undefined) continue;
    const parsed = ssh2.utils.parseKey(data);
    const key = (Array.isArray(parsed) ? parsed[0] : parsed) as ParsedKey | Error | undefined;
    if (key !== undefined && !(key instanceof Error)) return key.getPublicSSH();
  }
  return undefined;
}

class SomeKeysAgent extends ssh2.BaseAgent<ParsedKey> {
  constructor(
    private readonly agent: InstanceType<typeof ssh2.OpenSSHAgent>,
    private readonly allowed: readonly Buffer[],
  ) {
    super();
  }

  override getIdentities(callback: (error: Error | undefined | null, keys?: ParsedKey[]) => void): void {
    this.agent.getIdentities((error, keys) => {
      const parsed = (keys ?? []) as readonly ParsedKey[];
      callback(
        error,
        parsed.filter((key) => this.allowed.some((allowed) => allowed.equals(key.getPublicSSH()))),
      );
    });
  }

  override sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
    if (typeof options === 'function') this.agent.sign(key, data, options);
    else this.agent.sign(key, data, options, callback);
  }
}
