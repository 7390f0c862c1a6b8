import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Race, Raced } from './racer.js';

/** Processes that try the same thing at the same moment, race after race. */
export class Racers {
  private constructor(readonly processes: readonly ChildProcess[]) {}

  static async start(count: number): Promise<Racers> {
    const processes = Array.from({ length: count }, () => fork(join(import.meta.dirname, 'racer.ts'), { execArgv: ['--import', 'tsx'] }));
    await Promise.all(processes.map((child) => once(child, 'message')));
    return new Racers(processes);
  }

  /** Tells each of them the same, but how long it hesitates, and waits for all. */
  race(race: Omit<Race, 'hesitation'>, hesitations: readonly number[], fire: () => void): Promise<readonly Raced[]> {
    const ended = this.processes.map((child, index) => this.#told(child, { ...race, hesitation: hesitations[index] ?? 0 }));
    fire();
    return Promise.all(ended);
  }

  /** Lets locks go that are still held. */
  async release(): Promise<void> {
    await Promise.all(this.processes.map((child) => this.#told(child, 'release')));
  }

  stop(): void {
    for (const child of this.processes) child.disconnect();
  }

  #told(child: ChildProcess, message: Race | 'release'): Promise<Raced> {
    return new Promise((resolve) => {
      const done = (result: Raced): void => {
        child.removeListener('message', done).removeListener('exit', gone);
        resolve(result);
      };
      const gone = (): void => {
        done({ kind: 'broken', why: 'the process ended' });
      };
      child.on('message', done).on('exit', gone);
      child.send(message);
    });
  }
}
