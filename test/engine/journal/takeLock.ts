import { writeSync } from 'node:fs';
import { HumanError } from '../../../src/events/index.js';
import { RunLock } from '../../../src/engine/journal/lock.js';

/** Tries to take the lock of the directory `argv[2]` at the moment `argv[3]` (ms); says how it went, and keeps it until it is killed or its input ends. */
const [, , directory, moment] = process.argv as [string, string, string, string];
while (Date.now() < Number(moment));
try {
  writeSync(1, `epoch ${String(RunLock.acquire(directory).epoch)}\n`);
} catch (error) {
  writeSync(1, error instanceof HumanError ? `refused ${error.message}\n` : `broken ${String(error)}\n`);
}
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
