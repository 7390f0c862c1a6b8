import { readdirSync, readFileSync } from 'node:fs';
import type { CanarySearch } from './forms.js';

const LOOK_EVERY_MS = 100;

/** Looks at every process of this machine again and again: at its arguments, and at its environment unless it may have the canaries. */
export class ProcessWatch {
  readonly #search: CanarySearch;
  readonly #marked: string;
  readonly #meant = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  readonly #arguments = new Set<string>();
  readonly #environments = new Set<string>();
  #looks = 0;

  /** `marked`: what stands in the environment of the steps the canaries are meant for. */
  constructor(search: CanarySearch, marked: string) {
    this.#search = search;
    this.#marked = marked;
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_EVERY_MS);
  }

  /** The canaries are meant for this process, too. */
  allow(pid: number | undefined): void {
    if (pid !== undefined) this.#meant.add(pid);
  }

  /** Ends the watch, and tells what was seen. */
  stop(): { readonly arguments: readonly string[]; readonly environments: readonly string[]; readonly looks: number } {
    clearInterval(this.#timer);
    return { arguments: [...this.#arguments], environments: [...this.#environments], looks: this.#looks };
  }

  /** Between its fork and its exec, a process is a copy of the one that starts it. */
  #isCopy(pid: string, words: Buffer): boolean {
    const parent = /^PPid:\t(\d+)$/m.exec(read(`/proc/${pid}/status`).toString('latin1'))?.[1] ?? '';
    return this.#meant.has(Number(parent)) && words.equals(read(`/proc/${parent}/cmdline`));
  }

  #look(): void {
    this.#looks += 1;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const words = read(`/proc/${pid}/cmdline`);
      for (const found of this.#search.in(words)) this.#arguments.add(`${found} in ${program(words)}`);
      if (this.#meant.has(Number(pid)) || this.#isCopy(pid, words)) continue;
      const environment = read(`/proc/${pid}/environ`);
      if (environment.includes(this.#marked)) continue;
      for (const found of this.#search.in(environment)) this.#environments.add(`${found} in ${program(words)}`);
    }
  }
}

/** A process may end while it is looked at; those of others keep their environment to themselves. */
function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function program(words: Buffer): string {
  return words.subarray(0, 200).toString('utf8').split('\0').slice(0, 3).join(' ');
}
