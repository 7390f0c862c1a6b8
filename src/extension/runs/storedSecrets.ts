import type * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';
import type { SecretPlace, SecretSource } from '../../engine/index.js';

const KEYS = 'runbook.secretNames';

/**
 * Secrets in the secret store of the editor. Each belongs to a runbook in one environment of one folder: another folder whose runbook calls
 * itself the same does not get it. The memory of the editor has the keys alone, so that they can be forgotten.
 */
export class StoredSecrets {
  readonly #store: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>;
  readonly #memory: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(store: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>, memory: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#store = store;
    this.#memory = memory;
  }

  /** The stored secrets of the runbooks in a folder. */
  source(folder: string): SecretSource {
    return {
      atHand: true,
      find: async (name, _declared, place) => {
        try {
          const value = await this.#store.get(keyOf(folder, place, name));
          return value === undefined ? undefined : { value, from: 'the secret store of the editor' };
        } catch (error) {
          throw new HumanError(`The secret store of the editor cannot be read: ${(error as Error).message}.`, 'Unlock it, then try again.');
        }
      },
    };
  }

  async keep(folder: string, place: SecretPlace, name: string, value: string): Promise<void> {
    const key = keyOf(folder, place, name);
    // The key first: what was stored can then always be forgotten.
    await this.#memory.update(KEYS, [...new Set([...this.#keys(), key])]);
    await this.#store.store(key, value);
  }

  /** Removes everything that was kept. Returns how many there were. */
  async forget(): Promise<number> {
    const keys = this.#keys();
    for (const key of keys) await this.#store.delete(key);
    await this.#memory.update(KEYS, undefined);
    return keys.length;
  }

  #keys(): readonly string[] {
    return this.#memory.get<readonly string[]>(KEYS) ?? [];
  }
}

function keyOf(folder: string, { runbook, environment }: SecretPlace, name: string): string {
  return `runbook.secret ${JSON.stringify([folder, runbook, environment, name])}`;
}
