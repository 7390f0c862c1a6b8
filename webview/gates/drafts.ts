import type { Host } from '../host.js';

/** What a person has typed and not sent yet, by run, gate and field. It survives a hidden and a reopened panel. */
export class Drafts {
  readonly #host: Host;
  readonly #texts: Record<string, string>;

  constructor(host: Host) {
    this.#host = host;
    const kept = host.kept();
    this.#texts = {};
    if (typeof kept !== 'object' || kept === null) return;
    for (const [key, text] of Object.entries(kept)) if (typeof text === 'string') this.#texts[key] = text;
  }

  /** The drafts of one gate. */
  of(run: string, gate: string): { get(field: string): string; set(field: string, text: string): void } {
    const key = (field: string): string => `${run}\n${gate}\n${field}`;
    return {
      get: (field) => this.#texts[key(field)] ?? '',
      set: (field, text) => {
        this.#texts[key(field)] = text;
        this.#host.keep(this.#texts);
      },
    };
  }

  /** Forgets what was typed for gates that are closed. */
  retain(run: string, gates: readonly string[]): void {
    const open = new Set(gates.map((gate) => `${run}\n${gate}`));
    for (const key of Object.keys(this.#texts)) {
      if (!open.has(key.split('\n').slice(0, 2).join('\n'))) delete this.#texts[key];
    }
    this.#host.keep(this.#texts);
  }
}
