import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AnyAuthMethod, AuthenticationType, NextAuthHandler, ParsedKey } from 'ssh2';
import type { SshOptions } from '../../engine.js';
import { identitiesAgent, publicKey } from './agent.js';
import { parsedKey } from './parsedKey.js';
import type { HostSettings } from './sshConfig.js';
import { certified, readUserCertificates } from './userCertificates.js';

/** Rounds of questions (RFC 4256) a server may ask, and questions in one of them. */
const MOST_ROUNDS = 10;
const MOST_QUESTIONS = 16;
const LONGEST_QUESTION = 500;

/**
 * Proves who logs in, one way after the other: agent, key files, questions of the server, password. A person is asked as late as possible
 * and once for each thing.
 */
export class Login {
  /** What was tried, for the message when all of it was refused. */
  readonly tried: string[] = [];
  readonly #ways: AsyncGenerator<AnyAuthMethod, void>;
  #accepted: readonly string[] = [];
  #rounds = 0;
  #agentFailed = false;

  constructor(
    private readonly user: string,
    private readonly settings: HostSettings,
    private readonly options: SshOptions,
    /** Ends the login, with what the server does wrong. */
    private readonly giveUp: (what: string) => void,
  ) {
    this.#ways = this.#all();
  }

  /** The `authHandler` of ssh2. */
  readonly handler = (left: readonly AuthenticationType[] | null, _partial: boolean | null, next: NextAuthHandler): void => {
    this.#accepted = left ?? [];
    this.#ways.next().then(
      ({ value }) => {
        // ssh2 gives up on `false`, which its types do not list.
        next(value === undefined ? (false as unknown as AuthenticationType) : value);
      },
      () => {
        next(false as unknown as AuthenticationType);
      },
    );
  };

  async *#all(): AsyncGenerator<AnyAuthMethod, void> {
    const username = this.user;
    yield { type: 'none', username };
    const files = [...new Set([...this.options.identities, ...this.settings.identityFiles])];
    const certificates = await readUserCertificates(files, this.settings.certificateFiles);
    const known = await identitiesAgent(this.settings, files, certificates);
    if (known !== undefined && this.#accepted.includes('publickey')) {
      this.tried.push('the agent');
      yield { type: 'agent', username, agent: known.agent };
      // What is left to try after a key of the agent is not passed on; asking anew tells.
      if (known.offered().length > 0 && !this.#asks()) yield { type: 'none', username };
    }
    for (const file of files) {
      if (!this.#accepted.includes('publickey')) break;
      if (!this.#agentFailed && known !== undefined) {
        const half = await publicKey(file);
        if (half !== undefined && known.offered().some((offered) => offered.equals(half))) continue;
      }
      const key = await this.#key(file);
      if (key === undefined) continue;
      for (const certificate of certificates.filter((one) => one.key.equals(key.getPublicSSH()))) {
        this.tried.push(basename(certificate.file));
        yield { type: 'publickey', username, key: certified(key, certificate) };
      }
      if (!this.#accepted.includes('publickey')) break;
      this.tried.push(basename(file));
      yield { type: 'publickey', username, key };
    }
    if (this.#accepted.includes('keyboard-interactive')) {
      yield {
        type: 'keyboard-interactive',
        username,
        prompt: (_name, instructions, _language, prompts, finish) => void this.#questions(instructions, prompts, finish),
      };
    } else if (this.#accepted.includes('password')) {
      const password = await this.options.askSecret(`Password of ${username}@${this.settings.address}`);
      if (password === undefined) return;
      this.tried.push('a password');
      yield { type: 'password', username, password };
    }
  }

  /** Whether an error of the client is only about one way to log in, so that the next is tried. */
  goesOnAfter(error: Error & { level?: string }): boolean {
    if (error.level !== 'agent') return false;
    this.#agentFailed = true;
    this.tried.push(`the agent did not help: ${error.message}`);
    return true;
  }

  #asks(): boolean {
    return this.#accepted.includes('keyboard-interactive') || this.#accepted.includes('password');
  }

  async #key(file: string): Promise<ParsedKey | undefined> {
    const data = await readFile(file).catch(() => undefined);
    if (data === undefined) return undefined;
    const plain = parsedKey(data);
    if (!(plain instanceof Error)) return plain;
    if (!/passphrase|encrypted/i.test(plain.message)) {
      this.tried.push(`${basename(file)} (which cannot be read: ${plain.message})`);
      return undefined;
    }
    const passphrase = await this.options.askSecret(`Passphrase of the key ${file}`);
    if (passphrase === undefined) return undefined;
    const opened = parsedKey(data, passphrase);
    if (!(opened instanceof Error)) return opened;
    this.tried.push(`${basename(file)} (whose passphrase was wrong)`);
    return undefined;
  }

  async #questions(
    instructions: string,
    prompts: readonly { prompt: string; echo?: boolean }[],
    finish: (answers: string[]) => void,
  ): Promise<void> {
    this.#rounds += 1;
    if (this.#rounds > MOST_ROUNDS || prompts.length > MOST_QUESTIONS) {
      this.giveUp('asks without end before it lets anybody in');
      return;
    }
    if (this.#rounds === 1) this.tried.push('the answers to its questions');
    const answers: string[] = [];
    for (const { prompt } of prompts) {
      const question = [instructions, prompt]
        .map((text) =>
          text
            .slice(0, LONGEST_QUESTION)
            .replaceAll(/[^\P{C}]+/gu, ' ')
            .trim(),
        )
        .filter((text) => text !== '')
        .join(' ');
      answers.push((await this.options.askSecret(`${this.user}@${this.settings.address}: ${question}`)) ?? '');
    }
    finish(answers);
  }
}
