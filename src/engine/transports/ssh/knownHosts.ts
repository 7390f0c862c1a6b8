import { createHash, createHmac } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TransportError } from '../transport.js';

/** OpenSSH takes the length of an SHA-1 sum, and reads no other. */
const SALT_BYTES = 20;

/** One line of a `known_hosts` file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker: 'cert-authority' | 'revoked' | undefined;
  /** Name patterns, separated by commas, or one hashed name. */
  readonly hosts: string;
  readonly keyType: string;
  /** The key in base64. */
  readonly key: string;
  /** 1-based line, for messages. */
  readonly line: number;
  readonly file: string;
}

/** One line or several. */
type Lines = readonly [KnownHost, ...KnownHost[]];

/** What the files say about a key that a host has shown. */
export type KeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  /** Another key is on record for this host. */
  | { readonly kind: 'changed'; readonly expected: Lines }
  | { readonly kind: 'revoked'; readonly entry: KnownHost }
  /** The host is trusted through certificate authorities only. */
  | { readonly kind: 'authority'; readonly entries: Lines };

/** Reads the lines of one file; lines that are no entries are left out. */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split('\n').flatMap((raw, index) => {
    const words = raw.replace(/^[ \t]+|[ \t\r]+$/g, '').split(/[ \t]+/);
    if (words[0] === undefined || words[0] === '' || words[0].startsWith('#')) return [];
    const marker = words[0].startsWith('@') ? words.shift()?.slice(1) : undefined;
    if (marker !== undefined && marker !== 'cert-authority' && marker !== 'revoked') return [];
    const [hosts, keyType, key] = words;
    if (hosts === undefined || keyType === undefined || key === undefined) return [];
    return [{ marker, hosts, keyType, key, line: index + 1, file }];
  });
}

/**
 * Reads several files in order; one that does not exist holds nothing. Rejects with a TransportError when one cannot be read: it may hold
 * the line that says that a key has changed or is revoked.
 */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  const read = async (file: string): Promise<KnownHost[]> => parseKnownHosts(await textOf(file), file);
  return (await Promise.all(files.map(read))).flat();
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
    throw new TransportError(
      'host_key',
      `the known hosts in ${file} cannot be read: ${error.message}`,
      'See that it is a file that you may read, or name another one.',
    );
  });
}

/** The name a host stands under: `host`, or `[host]:port` for a port other than 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${String(port)}`;
}

/** Whether an entry is about the host of that name (see {@link knownHostName}). */
export function isAbout(entry: KnownHost, name: string): boolean {
  if (entry.hosts.startsWith('|')) return hashedNameMatches(entry.hosts, name);
  let matches = false;
  for (const pattern of entry.hosts.toLowerCase().split(',')) {
    const negated = pattern.startsWith('!');
    if (!matchesPattern(name, negated ? pattern.slice(1) : pattern)) continue;
    if (negated) return false;
    matches = true;
  }
  return matches;
}

/** Judges a key that the host of that name has shown. Revocation beats everything, a matching line beats a differing one. */
export function judgeKey(entries: readonly KnownHost[], name: string, key: Buffer): KeyVerdict {
  const shown = key.toString('base64');
  const about = entries.filter((entry) => isAbout(entry, name));
  const revoked = about.find((entry) => entry.marker === 'revoked' && entry.key === shown);
  if (revoked !== undefined) return { kind: 'revoked', entry: revoked };
  const plain = about.filter((entry) => entry.marker === undefined);
  if (plain.some((entry) => entry.key === shown && entry.keyType === keyTypeOf(key))) return { kind: 'known' };
  const [expected, ...others] = plain;
  if (expected !== undefined) return { kind: 'changed', expected: [expected, ...others] };
  const [authority, ...more] = authoritiesOf(about);
  return authority === undefined ? { kind: 'unknown' } : { kind: 'authority', entries: [authority, ...more] };
}

/** The authorities whose certificates are needed to trust the host of that name, since nothing else is on record for it. */
export function neededAuthorities(entries: readonly KnownHost[], name: string): readonly KnownHost[] {
  const about = entries.filter((entry) => isAbout(entry, name));
  return about.some((entry) => entry.marker === undefined) ? [] : authoritiesOf(about);
}

/** An authority that is revoked is none. */
function authoritiesOf(about: readonly KnownHost[]): readonly KnownHost[] {
  const revoked = new Set(about.filter((entry) => entry.marker === 'revoked').map((entry) => entry.key));
  return about.filter((entry) => entry.marker === 'cert-authority' && !revoked.has(entry.key));
}

/** Types of the keys on record for a host. */
export function knownKeyTypes(entries: readonly KnownHost[], name: string): string[] {
  return entries.filter((entry) => entry.marker === undefined && isAbout(entry, name)).map((entry) => entry.keyType);
}

/** Adds a key at the end of a file, which is made private when it does not exist. */
export async function addKnownHost(file: string, name: string, key: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const before = await readFile(file, 'utf8').catch(() => '');
  const newline = before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(file, `${newline}${name} ${keyTypeOf(key)} ${key.toString('base64')}\n`, { mode: 0o600 });
}

/** Type of a public key in wire form (RFC 4253, 6.6): its first string. */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 4) return 'unknown';
  return key.toString('latin1', 4, 4 + Math.min(key.readUInt32BE(0), 64));
}

/** `SHA256:…`, as OpenSSH prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function hashedNameMatches(hashed: string, name: string): boolean {
  const [, version, salt] = hashed.split('|');
  if (version !== '1' || salt === undefined) return false;
  const bytes = Buffer.from(salt, 'base64');
  if (bytes.length !== SALT_BYTES) return false;
  const digest = createHmac('sha1', bytes).update(name).digest('base64');
  return hashed === `|1|${salt}|${digest}`;
}

/** `*` and `?` as in ssh_config(5), "PATTERNS"; linear, since patterns may come from a file somebody else wrote. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let afterStar = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      star = inPattern++;
      afterStar = at;
    } else if (wanted === '?' || wanted === text[at]) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++afterStar;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}
