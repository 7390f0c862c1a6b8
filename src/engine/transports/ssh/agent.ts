import { readFile } from 'node:fs/promises';
import ssh2 from 'ssh2';
import type { BaseAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { parsedKey } from './parsedKey.js';
import type { HostSettings } from './sshConfig.js';
import { certified, plainOf } from './userCertificates.js';
import type { UserCertificate } from './userCertificates.js';

/** Where the agent listens when nobody says so, on systems that have a place for it. */
const USUAL_SOCKETS: Partial<Readonly<Record<NodeJS.Platform, string>>> = { win32: '\\\\.\\pipe\\openssh-ssh-agent' };

/** The user's agent as one login sees it. */
export interface OfferedAgent {
  readonly agent: BaseAgent<ParsedKey>;
  /** The keys it offers, once it was asked; in wire form. */
  offered(): readonly Buffer[];
}

/**
 * The user's agent, or undefined when there is none or it may not be used. It offers the keys whose files are named first, since servers
 * allow few tries, and only those with `IdentitiesOnly`; a key with a certificate is offered with it before. It signs for this login only: it is never forwarded.
 */
export async function identitiesAgent(
  settings: HostSettings,
  files: readonly string[],
  certificates: readonly UserCertificate[],
): Promise<OfferedAgent | undefined> {
  const socket = settings.identityAgent ?? process.env['SSH_AUTH_SOCK'] ?? USUAL_SOCKETS[process.platform];
  if (socket === undefined || socket === '' || socket === 'none') return undefined;
  const named = await Promise.all(files.map(publicKey));
  return new OrderedAgent(
    new ssh2.OpenSSHAgent(socket),
    named.filter((key) => key !== undefined),
    settings.identitiesOnly,
    certificates,
  );
}

/** The public half of an identity file, from `FILE.pub` or the file itself. */
export async function publicKey(file: string): Promise<Buffer | undefined> {
  for (const path of [`${file}.pub`, file]) {
    const data = await readFile(path).catch(() => undefined);
    if (data === undefined) continue;
    const key = parsedKey(data);
    if (!(key instanceof Error)) return key.getPublicSSH();
  }
  return undefined;
}

class OrderedAgent extends ssh2.BaseAgent<ParsedKey> implements OfferedAgent {
  readonly agent = this;
  #offered: readonly Buffer[] = [];

  constructor(
    private readonly inner: InstanceType<typeof ssh2.OpenSSHAgent>,
    private readonly named: readonly Buffer[],
    private readonly namedOnly: boolean,
    private readonly certificates: readonly UserCertificate[],
  ) {
    super();
  }

  offered(): readonly Buffer[] {
    return this.#offered;
  }

  override getIdentities(callback: (error: Error | undefined | null, keys?: ParsedKey[]) => void): void {
    this.inner.getIdentities((error, keys) => {
      const all = ((keys ?? []) as readonly ParsedKey[]).map((key) => ({ key, rank: this.#rank(key) }));
      const chosen = all.filter(({ rank }) => !this.namedOnly || rank < this.named.length);
      chosen.sort((a, b) => a.rank - b.rank);
      this.#offered = chosen.map(({ key }) => key.getPublicSSH());
      callback(
        error,
        chosen.flatMap(({ key }) => [...this.#certified(key), key]),
      );
    });
  }

  override sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
    const plain = plainOf(key);
    // The client asks with options always; its types know the other way, too.
    const given = plain?.hash === undefined ? (options as SigningRequestOptions) : { hash: plain.hash };
    this.inner.sign(plain?.key ?? key, data, given, callback);
  }

  #certified(key: ParsedKey): ParsedKey[] {
    const wire = key.getPublicSSH();
    return this.certificates.filter((certificate) => certificate.key.equals(wire)).map((certificate) => certified(key, certificate));
  }

  /** Place among the keys that are named; the others come behind all of them. */
  #rank(key: ParsedKey): number {
    const wire = key.getPublicSSH();
    const at = this.named.findIndex((named) => named.equals(wire));
    return at < 0 ? this.named.length : at;
  }
}
