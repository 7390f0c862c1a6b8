import type { Pace } from '../core/pace.js';
import type { UrbancodeSwitches } from './cluster.js';

/** How long a process goes on after somebody first looked at the Dashboard, in milliseconds at pace 1. */
const REST_MS = 4000;

export interface RunningProcess {
  readonly id: string;
  readonly name: string;
  readonly kind: 'application' | 'generic';
}

/** The deployments that are under way when the procedure begins. They end by themselves some time after they were first looked at. */
export class RunningProcesses {
  #processes: RunningProcess[] = [
    { id: 'p1', name: 'Deploy shop to staging', kind: 'application' },
    { id: 'p2', name: 'Clean up old versions', kind: 'generic' },
  ];
  #ending = false;

  constructor(
    readonly pace: Pace,
    readonly switches: UrbancodeSwitches,
  ) {}

  list(): readonly RunningProcess[] {
    return this.#processes;
  }

  /** Somebody looks: from now on they come to their end. */
  look(): readonly RunningProcess[] {
    if (!this.#ending) {
      this.#ending = true;
      this.pace.after(
        REST_MS,
        () => void this.pace.until(() => !this.switches.on('ucd.process_never_ends')).then(() => (this.#processes = [])),
      );
    }
    return this.#processes;
  }

  /** Cancels one process, or all of them. */
  cancel(id: string | undefined): void {
    this.#processes = id === undefined ? [] : this.#processes.filter((process) => process.id !== id);
  }
}
