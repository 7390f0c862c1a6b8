import ssh2 from 'ssh2';
import type { ParsedKey } from 'ssh2';

/** Reads a key, private or public, in any format the library knows; an Error on bytes that are none. */
export function parsedKey(data: Buffer, passphrase?: string): ParsedKey | Error {
  // Its types do not say so, but it gives nothing for a file that counts no keys.
  const key = ssh2.utils.parseKey(data, passphrase) as ParsedKey | Error | undefined;
  return key ?? new Error('the file holds no key');
}
