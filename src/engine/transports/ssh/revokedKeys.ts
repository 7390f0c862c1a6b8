import { readFile } from 'node:fs/promises';
import { TransportError } from '../transport.js';

/**
 * Whether a file of public keys, one a line (`RevokedHostKeys` in ssh_config(5)), names a key. Rejects with a TransportError when it
 * cannot be read, as OpenSSH does, or is a binary revocation list, which this client cannot read: nobody can then say that the key is good.
 */
export async function isRevokedIn(file: string, key: Buffer): Promise<boolean> {
  const data = await readFile(file).catch((error: Error) => {
    throw unreadable(file, error.message);
  });
  if (data.includes(0)) throw unreadable(file, 'it is a binary revocation list, and only a list of public keys can be read');
  const shown = key.toString('base64');
  return data
    .toString('utf8')
    .split(/\r?\n/)
    .some((line) => !line.trimStart().startsWith('#') && line.split(/[ \t]+/).includes(shown));
}

function unreadable(file: string, why: string): TransportError {
  return new TransportError(
    'host_key',
    `the revoked host keys in ${file} cannot be read: ${why}`,
    'Correct RevokedHostKeys in your SSH configuration, or write the revoked keys to known_hosts as @revoked lines.',
  );
}
