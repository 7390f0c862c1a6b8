import { uptime } from 'node:os';

/** The clocks of a machine that tell of its sleep and of a clock that was set, in milliseconds. */
export interface Clocks {
  /** Never jumps, and goes on while the machine sleeps. */
  sinceBoot(): number;
  /** What people read off; may be set at any time. */
  wall(): number;
}

export const SYSTEM_CLOCKS: Clocks = {
  sinceBoot: () => uptime() * 1000,
  wall: () => Date.now(),
};

/** Something about the time that a run must know. `ms` of `set` is negative when the clock was put back. */
export type TimeFinding = { readonly kind: 'stood_still'; readonly ms: number } | { readonly kind: 'set'; readonly ms: number };

const LOOK_MS = 5_000;
/** Less is a busy machine, or a clock that is kept right. */
const NOTABLE_MS = 30_000;

/** Notices that this program stood still (the machine slept, or the process was held), and that the clock was set. */
export class ClockWatch {
  readonly #clocks: Clocks;
  readonly #found: (finding: TimeFinding) => void;
  #boot: number;
  #wall: number;
  #timer: NodeJS.Timeout | undefined;

  /** `found` is called once for each finding. */
  constructor(clocks: Clocks, found: (finding: TimeFinding) => void) {
    this.#clocks = clocks;
    this.#found = found;
    this.#boot = clocks.sinceBoot();
    this.#wall = clocks.wall();
  }

  /** Looks every five seconds from now on. */
  begin(): void {
    this.look();
    this.#timer = setInterval(() => {
      this.look();
    }, LOOK_MS);
    this.#timer.unref();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Looks now; for the moment before an act, since a timer may be late. Does nothing before `begin` and after `end`. */
  look(): void {
    const boot = this.#clocks.sinceBoot();
    const wall = this.#clocks.wall();
    const passed = boot - this.#boot;
    const jumped = wall - this.#wall - passed;
    this.#boot = boot;
    this.#wall = wall;
    if (this.#timer === undefined) return;
    if (passed > LOOK_MS + NOTABLE_MS) this.#found({ kind: 'stood_still', ms: passed });
    if (Math.abs(jumped) > NOTABLE_MS) this.#found({ kind: 'set', ms: jumped });
  }
}

/** A finding as a sentence for the operator. */
export function findingText({ kind, ms }: TimeFinding): string {
  const long = lengthText(Math.abs(ms));
  if (kind === 'stood_still')
    return `This machine slept, or held this program, for ${long}; every open connection is looked at before anything else is done.`;
  return `The clock of this machine was put ${ms > 0 ? 'forward' : 'back'} by ${long}; order and durations in this run do not depend on it.`;
}

function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${String(seconds)} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${String(minutes)} minutes` : `${String(Math.round(minutes / 60))} hours`;
}
