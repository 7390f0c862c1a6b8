/**
 * Watches what is really done to the lab. It never helps: it writes down what must not have happened, and counts acts,
 * so that a test can tell a run that did the work from one that only said so.
 */
export class Judge {
  readonly #violations: string[] = [];
  readonly #counters = new Map<string, number>();

  /** Records that something happened which the procedure forbids: one sentence. */
  violation(sentence: string): void {
    this.#violations.push(`${new Date().toISOString()} ${sentence}`);
  }

  /** Counts one act, under `HOST.ACT`. */
  count(host: string, act: string): void {
    const key = `${host}.${act}`;
    this.#counters.set(key, (this.#counters.get(key) ?? 0) + 1);
  }

  /** How often an act was counted. */
  counted(host: string, act: string): number {
    return this.#counters.get(`${host}.${act}`) ?? 0;
  }

  violations(): string[] {
    return [...this.#violations];
  }

  counters(): Record<string, number> {
    return Object.fromEntries([...this.#counters].sort(([a], [b]) => a.localeCompare(b)));
  }

  clear(): void {
    this.#violations.length = 0;
    this.#counters.clear();
  }
}
