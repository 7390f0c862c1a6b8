import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { faultCase } from '../runner/faultCase.js';

/**
 * The main part of a process of its own, since what is looked for may abort it. Each line `SEED COUNT` of its input is a lot. Says `n` before it reads a
 * document, and `slowest MS` after a lot, by time of the processor: others may be using the machine. A document that was not read as it must be ends it,
 * with the reason. `make` gives what is read; `read` throws where something is not as it must be.
 */
export function readLots<Made>(make: (random: () => number) => Made, read: (made: Made, random: () => number) => Promise<void>): void {
  const readLot = async (seed: number, count: number): Promise<void> => {
    let slowest = 0;
    for (let index = 0; index < count; index += 1) {
      const { random } = faultCase(seed, 'document', index);
      const made = make(random);
      writeSync(1, `${String(index)}\n`);
      const before = process.cpuUsage();
      await read(made, random);
      const { user, system } = process.cpuUsage(before);
      slowest = Math.max(slowest, (user + system) / 1000);
      if (({} as Record<string, unknown>)['polluted'] !== undefined) throw new Error('it has changed the prototype of all objects');
    }
    writeSync(1, `slowest ${String(Math.round(slowest))}\n`);
  };
  const readAll = async (): Promise<void> => {
    for await (const line of createInterface(process.stdin)) {
      const [seed = 0, count = 0] = line.split(' ').map(Number);
      await readLot(seed, count);
    }
  };
  readAll().catch((error: unknown) => {
    writeSync(1, `broken ${(error as Error).stack?.replaceAll('\n', ' ') ?? String(error)}\n`);
    process.exit(1);
  });
}
