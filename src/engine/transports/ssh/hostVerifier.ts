import type { SshOptions } from '../../engine.js';
import { TransportError } from '../transport.js';
import { troubleWithCertificate } from './certificate.js';
import type { Certificate } from './certificate.js';
import { addKnownHost, fingerprintOf, judgeKey, keyTypeOf, knownHostName } from './knownHosts.js';
import type { KnownHost } from './knownHosts.js';
import { isRevokedIn } from './revokedKeys.js';

/**
 * Makes the function that ssh2 asks about a host key. ssh2 connects on anything but a literal `false`: no answer function, `undefined`,
 * a promise. This one lets through the literal `true` only, given as a value, in a promise or through the callback; the first answer counts.
 */
export function failClosed(decide: unknown): (key: Buffer, verify: (permitted: boolean) => void) => void {
  return (key, verify) => {
    let answered = false;
    const answer = (permitted: unknown): void => {
      if (answered) return;
      answered = true;
      verify(permitted === true);
    };
    if (typeof decide !== 'function') {
      answer(false);
      return;
    }
    try {
      const result: unknown = (decide as (key: Buffer, answer: (permitted: unknown) => void) => unknown)(key, answer);
      if (result instanceof Promise)
        result.then(answer, () => {
          answer(false);
        });
      else if (result !== undefined) answer(result);
    } catch {
      answer(false);
    }
  };
}

/** Whose key is judged, and against what. */
export interface HostKeyCase {
  /** Name in the inventory, or the jump host's address. */
  readonly host: string;
  /** Name it stands under in `known_hosts`: its address or its alias. */
  readonly address: string;
  readonly port: number;
  readonly known: readonly KnownHost[];
  /** List of keys that are never accepted. */
  readonly revokedKeys?: string | undefined;
  /** Its certificate, or why it has none; asked for where only an authority can vouch for it. */
  readonly certificate?: Certificate | Error | undefined;
  /** Fingerprint the inventory asks for. */
  readonly required: string | undefined;
  /** Fingerprint seen earlier in this run. */
  readonly seen: string | undefined;
}

/** Accepts a host key (resolves with its fingerprint) or rejects with a TransportError that says why not and what to do. */
export async function judgeHostKey(key: Buffer, subject: HostKeyCase, options: SshOptions): Promise<string> {
  const fingerprint = fingerprintOf(key);
  const keyType = keyTypeOf(key);
  const name = knownHostName(subject.address, subject.port);
  const shown = `${subject.host} (${name}) shows the ${keyType} key ${fingerprint}`;
  if (subject.revokedKeys !== undefined && (await isRevokedIn(subject.revokedKeys, key)))
    throw hostKeyError(
      `${shown}, which is revoked in ${subject.revokedKeys}`,
      'Do not connect. Ask whoever looks after the host which key is right.',
    );
  const verdict = judgeKey(subject.known, name, key);
  switch (verdict.kind) {
    case 'revoked':
      throw hostKeyError(
        `${shown}, which is revoked in ${place(verdict.entry)}`,
        'Do not connect. Ask whoever looks after the host which key is right.',
      );
    case 'changed': {
      const expected = verdict.expected.map((entry) => `${entry.keyType} ${fingerprintOf(Buffer.from(entry.key, 'base64'))}`).join(', ');
      throw hostKeyError(
        `${shown}, but on record is ${expected}`,
        `Somebody may be in between, or the host was installed anew. Ask whoever looks after it; when the new key is right, remove ${place(verdict.expected[0])} and connect again.`,
      );
    }
    case 'authority': {
      const why = troubleWith(subject, key, verdict.entries);
      if (why === undefined) break;
      throw hostKeyError(
        `${shown}, and is trusted only through the certificate authority in ${place(verdict.entries[0])}, but ${why}`,
        `Give the host a certificate of that authority, or add its own key to known_hosts once you have compared it: ${name} ${keyType} ${key.toString('base64')}`,
      );
    }
    case 'known':
    case 'unknown':
  }
  if (subject.required !== undefined && subject.required !== fingerprint) {
    throw hostKeyError(
      `${shown}, but the inventory asks for ${subject.required}`,
      'Compare both with the host itself, then correct the inventory, or do not connect.',
    );
  }
  if (subject.seen !== undefined && subject.seen !== fingerprint) {
    throw hostKeyError(
      `${shown}, but earlier in this run it showed ${subject.seen}`,
      'Do not connect. Find out why the key has changed during the run. If the host was installed anew on purpose, go on in a new run.',
    );
  }
  if (verdict.kind === 'known' || verdict.kind === 'authority') return fingerprint;
  const trusted: unknown = await options.trustUnknownKey({
    host: subject.host,
    address: subject.address,
    port: subject.port,
    keyType,
    fingerprint,
  });
  if (trusted !== true) {
    throw hostKeyError(
      `${shown}, which is not known`,
      `Compare the fingerprint with the host itself, then trust it when asked, or add its line to known_hosts: ${name} ${keyType} ${key.toString('base64')}`,
    );
  }
  const [file] = options.knownHosts;
  if (file !== undefined) await addKnownHost(file, name, key);
  return fingerprint;
}

function troubleWith(subject: HostKeyCase, key: Buffer, entries: readonly KnownHost[]): string | undefined {
  const { certificate, address } = subject;
  if (certificate === undefined) return 'it was not asked for a certificate';
  if (certificate instanceof Error) return `there is no certificate: ${certificate.message}`;
  try {
    const authorities = entries.map((entry) => Buffer.from(entry.key, 'base64'));
    const trouble = troubleWithCertificate(certificate, { key, address, authorities }, Date.now());
    return trouble === undefined ? undefined : `its certificate ${trouble}`;
  } catch (error) {
    return `its certificate cannot be checked: ${(error as Error).message}`;
  }
}

function place(entry: KnownHost): string {
  return `line ${String(entry.line)} of ${entry.file}`;
}

function hostKeyError(message: string, next: string): TransportError {
  return new TransportError('host_key', message, next);
}
