import * as vscode from 'vscode';

const NAMES = 'runbook.secretNames';

/** Values of secrets: from the environment, from the editor's secret store, or typed. Never in a file of ours. */
export class Secrets {
  readonly #store: vscode.SecretStorage;
  readonly #memory: vscode.Memento;

  constructor(store: vscode.SecretStorage, memory: vscode.Memento) {
    this.#store = store;
    this.#memory = memory;
  }

  /** A secret of a runbook in one environment; undefined when the person gives none. */
  async get(place: string, name: string, declared: { readonly title: string; readonly env?: string }): Promise<string | undefined> {
    const fromEnvironment = process.env[declared.env ?? `RUNBOOK_SECRET_${name.toUpperCase()}`];
    if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
    const key = `runbook.secret ${place} ${name}`;
    const stored = await this.#store.get(key);
    if (stored !== undefined) return stored;
    const typed = await askHidden(declared.title, `${name} for ${place}`);
    if (typed !== undefined) void this.#offerToKeep(key, declared.title, typed);
    return typed;
  }

  /** Removes everything that was kept. Returns how many there were. */
  async forget(): Promise<number> {
    const names = this.#memory.get<string[]>(NAMES) ?? [];
    for (const name of names) await this.#store.delete(name);
    await this.#memory.update(NAMES, undefined);
    return names.length;
  }

  async #offerToKeep(key: string, title: string, value: string): Promise<void> {
    const keep = 'Keep';
    if (
      (await vscode.window.showInformationMessage(`Keep "${title}" in the secret store of this computer?`, keep, 'Only for this run')) !==
      keep
    )
      return;
    await this.#store.store(key, value);
    await this.#memory.update(NAMES, [...new Set([...(this.#memory.get<string[]>(NAMES) ?? []), key])]);
  }
}

/** Asks for something that is not shown. Undefined for nothing. */
export async function askHidden(title: string, prompt: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({ title, prompt, password: true, ignoreFocusOut: true });
  return typed === '' ? undefined : typed;
}
