import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../transport.js';
import { belonging, LIST_SCRIPT, parseProcesses, SIGNAL_SCRIPT } from './processes.js';
import type { CommandRoot, HostProcess } from './processes.js';

/** Runs a read-only or signalling script on the host and gives what it printed; rejects when it could not be run. */
export type RunScript = (script: string, args: readonly string[], become?: Command['become']) => Promise<string>;

const POLL_MS = 150;
const AFTER_KILL_MS = 2000;

/**
 * TERM to everything that belongs to a command, KILL after `graceMs` to what is left, then a last look.
 * Resolves with one line for each survivor, or one that says why nobody could look.
 */
export async function cancelProcesses(
  root: CommandRoot,
  graceMs: number,
  run: RunScript,
  become: Command['become'] | undefined,
): Promise<readonly string[]> {
  const seen: HostProcess[] = [];
  const list = [LIST_SCRIPT, [root.mark ?? '']] as const;
  const look = async (): Promise<HostProcess[]> => {
    let alive = belonging(parseProcesses(await run(...list)), root, seen);
    // The login user may not see the marks of another user, so that one is asked before nothing counts as left.
    if (become !== undefined && (alive.length === 0 || seen.length === 0)) {
      const listed = await run(...list, become).catch(() => '');
      if (listed !== '') alive = belonging(parseProcesses(listed), root, seen);
    }
    for (const process of alive)
      if (!seen.some((other) => other.pid === process.pid && other.started === process.started)) seen.push(process);
    return alive;
  };
  const signal = async (name: string, processes: readonly HostProcess[]): Promise<void> => {
    const args = [name, ...processes.flatMap(({ pid, started }) => [String(pid), started])];
    await run(SIGNAL_SCRIPT, args);
    // The login user may not signal processes of the user it became.
    if (become !== undefined) await run(SIGNAL_SCRIPT, args, become).catch(() => undefined);
  };
  const gone = async (until: number, again?: 'KILL'): Promise<HostProcess[]> => {
    for (let alive = await look(); ; alive = await look()) {
      if (alive.length === 0 || performance.now() >= until) return alive;
      // One may have begun another while it was looked at.
      if (again !== undefined) await signal(again, alive);
      await sleep(POLL_MS);
    }
  };
  // What it takes to look and to signal is part of the time a process is given.
  const told = performance.now();
  try {
    const alive = await look();
    if (alive.length === 0) return [];
    await signal('TERM', alive);
    const stubborn = await gone(told + graceMs);
    if (stubborn.length === 0) return [];
    await signal('KILL', stubborn);
    return (await gone(performance.now() + AFTER_KILL_MS, 'KILL')).map(
      ({ pid, name }) => `process ${String(pid)} (${name}) is still running`,
    );
  } catch (error) {
    return [`nobody could look whether it still runs: ${error instanceof Error ? error.message : String(error)}`];
  }
}
