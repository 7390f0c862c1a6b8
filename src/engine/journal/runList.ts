import { statSync } from 'node:fs';
import { lockHolder } from './lock.js';
import { RunStore } from './runStore.js';
import type { RunSummary } from './runSummary.js';

/** The runs of one state directory, for a view that looks again and again: a journal is read anew only when it, or its holder, has changed. */
export class RunList {
  readonly #store: RunStore;
  #known: ReadonlyMap<string, { readonly glance: string; readonly summary: RunSummary }> = new Map();

  constructor(stateDirectory: string) {
    this.#store = new RunStore(stateDirectory);
  }

  /** The newest runs, newest first, as {@link RunStore.list} gives them. */
  async look(): Promise<readonly RunSummary[]> {
    const known = this.#known;
    const seen = new Map<string, { readonly glance: string; readonly summary: RunSummary }>();
    const found = await this.#store.list((id, read) => {
      const glance = this.#glance(id);
      const before = known.get(id);
      const summary = before !== undefined && glance !== '' && before.glance === glance ? before.summary : read();
      seen.set(id, { glance, summary });
      return summary;
    });
    this.#known = seen;
    return found;
  }

  /** What a run looks like without reading its journal; empty where that cannot be told. */
  #glance(id: string): string {
    try {
      const { directory, journal } = this.#store.place(id);
      const { size, mtimeMs, ino } = statSync(journal);
      return [size, mtimeMs, ino, JSON.stringify(lockHolder(directory))].join(' ');
    } catch {
      return '';
    }
  }
}
