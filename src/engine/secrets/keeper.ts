import { HumanError } from '../../events/index.js';
import type { Masker } from './masker.js';
import type { DeclaredSecret, SecretGiver, SecretPlace } from './sources/index.js';
import { variableOf } from './sources/index.js';
import type { Plan } from '../../planner/index.js';

/** Told what happens to secrets, in sentences that may be shown: they hold names and places, never values. */
export type TellOfSecret = (severity: 'info' | 'warning', text: string) => void;

/** The secrets of one run, in memory only. The masker knows each before anybody else does. */
export class SecretKeeper {
  readonly #give: (name: string, declared: DeclaredSecret, asking: 'ask' | 'at_hand') => ReturnType<SecretGiver>;
  readonly #masker: Masker;
  readonly #tell: TellOfSecret;
  readonly #values = new Map<string, string>();
  readonly #weak = new Set<string>();
  readonly #asked = new Map<string, Promise<string | undefined>>();
  /** Where the secrets came from that nobody has used yet. */
  readonly #untold = new Map<string, string>();

  constructor(give: SecretGiver, place: () => SecretPlace, masker: Masker, tell: TellOfSecret) {
    this.#give = (name, declared, asking) => give(name, declared, asking, place());
    this.#masker = masker;
    this.#tell = tell;
  }

  /** Value of a secret that has been given, for use. */
  known(name: string): string | undefined {
    this.#tellOfUse(name);
    return this.#values.get(name);
  }

  /** Ordinary output may look like this secret; see `Strength`. */
  isWeak(name: string): boolean {
    return this.#weak.has(name);
  }

  /** Value of a secret, for use. Undefined when nobody gives it, or it cannot be hidden. Asked once at a time. */
  get(name: string, declared: DeclaredSecret): Promise<string | undefined> {
    const known = this.known(name);
    if (known !== undefined) return Promise.resolve(known);
    let asked = this.#asked.get(name);
    if (asked === undefined) {
      asked = this.#ask(name, declared).finally(() => this.#asked.delete(name));
      this.#asked.set(name, asked);
    }
    return asked;
  }

  /** Makes the masker know every secret that can be had without asking anybody: a host may print one that no step has used yet. */
  async takeAtHand(secrets: Readonly<Record<string, DeclaredSecret>>): Promise<void> {
    for (const [name, declared] of Object.entries(secrets)) {
      if (this.#values.has(name)) continue;
      try {
        const given = await this.#give(name, declared, 'at_hand');
        if (given !== undefined) this.#keep(name, given.value, given.from);
      } catch (error) {
        // Whoever needs it will be told.
        if (!(error instanceof HumanError)) throw error;
      }
    }
  }

  async #ask(name: string, declared: DeclaredSecret): Promise<string | undefined> {
    try {
      const given = await this.#give(name, declared, 'ask');
      if (given === undefined || given.value === '') {
        const hint = `for example in the environment variable ${variableOf(name, declared)}`;
        this.#tell('warning', `Nobody gave the secret "${name}" (${declared.title}). Provide it, ${hint}, and try again.`);
        return undefined;
      }
      if (!this.#keep(name, given.value, given.from)) {
        this.#tell(
          'warning',
          `The secret "${name}" is too short or too plain to be found in output; it is not used. Change it where it is valid.`,
        );
        return undefined;
      }
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.#tell('warning', `${error.message} ${error.next}`);
      return undefined;
    }
    return this.known(name);
  }

  /** Whether it has been given; this is no use of it. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  #keep(name: string, value: string, from: string): boolean {
    const strength = this.#masker.register(value);
    if (strength === 'unusable') return false;
    if (strength === 'weak') this.#weak.add(name);
    this.#values.set(name, value);
    this.#untold.set(name, from);
    return true;
  }

  #tellOfUse(name: string): void {
    const from = this.#untold.get(name);
    if (from === undefined) return;
    this.#untold.delete(name);
    this.#tell('info', `The secret "${name}" comes from ${from}.`);
    if (this.#weak.has(name))
      this.#tell(
        'warning',
        `The secret "${name}" is shorter than 8 characters, and ordinary text may look like it: what its steps print is not shown.`,
      );
  }
}

/** What the secrets of a plan are for. */
export function placeOfSecrets({ runbook, environment }: Plan): SecretPlace {
  return { runbook: runbook.id, environment: environment.id };
}
