/** Lets a fixed number of things happen at one time; the others wait their turn, first come, first served. */
export class Slots {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly size: number) {}

  /** Resolves with the way to give the slot back, which does nothing the second time. */
  async take(): Promise<() => void> {
    if (this.#taken >= this.size) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken += 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken -= 1;
      else next();
    };
  }
}
