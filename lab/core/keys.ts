import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ssh2 from 'ssh2';

/** A key pair as OpenSSH writes it. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
  /** File of the private key. */
  readonly file: string;
}

/** The pair in `file`, made when it is not there yet. The private part is readable by its owner only. */
export async function keyPair(file: string, comment: string): Promise<KeyPair> {
  if (!existsSync(file)) {
    await mkdir(path.dirname(file), { recursive: true });
    const made = generate(comment);
    await writeFile(file, made.private, { mode: 0o600 });
    await writeFile(`${file}.pub`, `${made.public}\n`);
  }
  await chmod(file, 0o600);
  const [privateKey, publicKey] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.pub`, 'utf8')]);
  return { privateKey, publicKey: publicKey.trim(), file };
}

/** About one in five hundred pairs that ssh2 makes cannot be read, by itself either; such a one is made anew. */
function generate(comment: string): { readonly private: string; readonly public: string } {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    if (!(ssh2.utils.parseKey(made.private) instanceof Error)) return made;
  }
}

/** The line of a `known_hosts` file for a host at a port. */
export function knownHostsLine(address: string, port: number, key: KeyPair): string {
  const [type = '', base64 = ''] = key.publicKey.split(' ');
  return `[${address}]:${String(port)} ${type} ${base64}`;
}
