import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failClosed } from '../../../src/engine/transports/ssh/hostVerifier.js';
import { judgeKey, knownHostName, parseKnownHosts } from '../../../src/engine/transports/ssh/knownHosts.js';
import { makeKey } from '../../support/sshd.js';
import type { Verdict } from '../row.js';
import { oracle } from './hostKeyOracle.js';
import type { KnownHostsShape, Subject } from './knownHostsShapes.js';
import { VERIFIER_SHAPES } from './verifierShapes.js';

const NAMES = [
  { host: 'web.example.com', port: 22 },
  { host: '10.20.30.40', port: 2222 },
  { host: '2001:db8::5', port: 22 },
] as const;
const TYPES = ['ed25519', 'ecdsa', 'rsa'] as const;

/** The decision table: what is made of a key, under every way to write `known_hosts` and every way to write a verifier. */
export class HostKeyTable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'runbook-host-keys-'));
  #files = 0;
  readonly #keys = TYPES.map((type) => [this.#key(`${type}-1`, type), this.#key(`${type}-2`, type)] as const);

  /** Judges all names, key types and verifiers under one shape of the file. */
  async judge(shape: KnownHostsShape): Promise<Verdict> {
    const wrong: string[] = [];
    let decisions = 0;
    for (const name of NAMES) {
      for (const [index, [right, another]] of this.#keys.entries()) {
        const otherType = (this.#keys[(index + 1) % this.#keys.length] as readonly [string, string])[0];
        const subject: Subject = { ...name, right, wrong: another, otherType };
        const what = await this.#one(shape, subject);
        decisions += VERIFIER_SHAPES.length;
        if (what !== undefined) wrong.push(`${name.host}, port ${String(name.port)}, ${TYPES[index] ?? ''}: ${what}`);
      }
    }
    if (wrong.length > 0) return { kind: 'broken', what: `${shape.name}: ${wrong.join('; ')}` };
    return { kind: 'held', measured: { decisions } };
  }

  close(): void {
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
  }

  async #one(shape: KnownHostsShape, subject: Subject): Promise<string | undefined> {
    const file = join(this.#directory, `known_hosts-${String(this.#files++)}`);
    writeFileSync(file, shape.text(subject));
    const name = knownHostName(subject.host, subject.port);
    const key = Buffer.from(subject.right.split(' ')[1] ?? '', 'base64');
    const ours = judgeKey(parseKnownHosts(readFileSync(file, 'utf8'), file), name, key);
    const theirs = await oracle(file, name, subject.right);
    if ((ours.kind === 'known') !== theirs.accepted)
      return `it is ${ours.kind}, where ssh-keygen ${theirs.accepted ? 'accepts' : 'does not accept'} it (lines ${theirs.lines.join(', ')})`;
    if (theirs.revoked && ours.kind !== 'revoked') return `it is ${ours.kind}, though revoked`;
    for (const verifier of VERIFIER_SHAPES) {
      const accepted = await passes(failClosed(verifier.of(() => ours.kind === 'known')), key);
      if (accepted !== (verifier.consents && theirs.accepted))
        return `a verifier that ${verifier.name} ${accepted ? 'lets in' : 'refuses'}`;
    }
    return undefined;
  }

  #key(name: string, type: (typeof TYPES)[number]): string {
    const file = makeKey(join(this.#directory, name), type);
    return readFileSync(`${file}.pub`, 'utf8').trim().split(' ').slice(0, 2).join(' ');
  }
}

/** Whether a key is let in. No answer after a few turns of the event loop is none. */
async function passes(verifier: (key: Buffer, verify: (permitted: boolean) => void) => void, key: Buffer): Promise<boolean> {
  const answers: boolean[] = [];
  verifier(key, (permitted) => answers.push(permitted));
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  if (answers.length > 1) throw new Error('it answers twice');
  return answers[0] === true;
}
