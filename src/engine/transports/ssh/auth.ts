import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import ssh2 from 'ssh2';
import type { AnyAuthMethod, AuthenticationType, NextAuthHandler, ParsedKey } from 'ssh2';
import type { SshOptions } from '../../engine.js';
import { identitiesAgent } from './agent.js';
import type { HostSettings } from './sshConfig.js';

/**
 * Proves who logs in, one way after the other: agent, key files, questions of the server, password. A person is asked as late as possible
 * and once for each thing.
 */
export class Login {
  /** What was tried, for the message when all of it was refused. */
  readonly tried: string[] = [];
  readonly #ways: AsyncGenerator<AnyAuthMethod, void>;
  #accepted: readonly string[] = [];

  constructor(
    private readonly user: string,
    private readonly settings: HostSettings,
    private readonly options: SshOptions,
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
    const files = [...this.options.identities, ...this.settings.identityFiles];
    const agent = await identitiesAgent(this.settings, files);
    if (agent !== undefined && this.#accepted.includes('publickey')) {
      this.tried.push('the agent');
      yield { type: 'agent', username, agent };
    }
    for (const file of new Set(files)) {
      if (!this.#accepted.includes('publickey')) break;
      const key = await this.#key(file);
      if (key === undefined) continue;
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

  async #key(file: string): Promise<ParsedKey | undefined> {
    const data = await readFile(file).catch(() => undefined);
    if (data === undefined) return undefined;
    const plain = firstKey(ssh2.utils.parseKey(data));
    if (!(plain instanceof Error)) return plain;
    if (!/passphrase|encrypted/i.test(plain.message)) {
      this.tried.push(`${basename(file)} (which cannot be read: ${plain.message})`);
      return undefined;
    }
    const passphrase = await this.options.askSecret(`Passphrase of the key ${file}`);
    if (passphrase === undefined) return undefined;
    const opened = firstKey(ssh2.utils.parseKey(data, passphrase));
    if (!(opened instanceof Error)) return opened;
    this.tried.push(`${basename(file)} (whose passphrase was wrong)`);
    return undefined;
  }

  async #questions(
    instructions: string,
    prompts: readonly { prompt: string; echo?: boolean }[],
    finish: (answers: string[]) => void,
  ): Promise<void> {
    if (prompts.length > 0) this.tried.push('the answers to its questions');
    const answers: string[] = [];
    for (const { prompt } of prompts) {
      const question = [instructions, prompt]
        .map((text) => text.replaceAll(/[^\P{C}]+/gu, ' ').trim())
        .filter((text) => text !== '')
        .join(' ');
      answers.push((await this.options.askSecret(`${this.user}@${this.settings.address}: ${question}`)) ?? '');
    }
    finish(answers);
  }
}

function firstKey(parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | Error {
  return Array.isArray(parsed) ? (parsed[0] ?? new Error('the file holds no key')) : parsed;
}
