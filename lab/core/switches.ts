/** A misbehaviour that can be turned on. */
export interface SwitchState {
  readonly name: string;
  /** What it does, for people. */
  readonly title: string;
  readonly on: boolean;
}

/** The switches of a lab: each is one misbehaviour a vendor's procedure warns of. */
export class Switches {
  readonly #states = new Map<string, { title: string; on: boolean }>();
  readonly #listeners: ((name: string, on: boolean) => void)[] = [];

  /** Makes a switch known; it starts off. Declaring it again keeps its position. */
  declare(name: string, title: string): void {
    this.#states.set(name, { title, on: this.#states.get(name)?.on ?? false });
  }

  /** @throws Error when no product has declared the switch. */
  on(name: string): boolean {
    return this.#state(name).on;
  }

  /** @throws Error when no product has declared the switch. */
  set(name: string, on: boolean): void {
    this.#state(name).on = on;
    for (const listener of this.#listeners) listener(name, on);
  }

  /** Calls `listener` whenever a switch is set. */
  watch(listener: (name: string, on: boolean) => void): void {
    this.#listeners.push(listener);
  }

  allOff(): void {
    for (const state of this.#states.values()) state.on = false;
  }

  list(): readonly SwitchState[] {
    return [...this.#states].map(([name, state]) => ({ name, ...state })).sort((a, b) => a.name.localeCompare(b.name));
  }

  #state(name: string): { title: string; on: boolean } {
    const state = this.#states.get(name);
    if (state === undefined) throw new Error(`the lab has no switch “${name}”; it has: ${[...this.#states.keys()].sort().join(', ')}`);
    return state;
  }
}
