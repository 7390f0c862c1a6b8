import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Owner } from '../../events/index.js';

let self: Owner | undefined;

/** This process, so described that a later process with the same number is not taken for it. */
export function thisProcess(): Owner {
  self ??= { pid: process.pid, bootId: bootId(), startTime: startTime(process.pid) ?? '', host: hostname() };
  return self;
}

/**
 * True only when it is certain that the owner no longer runs: this machine has been started anew since, its process is gone,
 * or its number belongs to another process now. About another machine nothing is certain.
 */
export function isGone(owner: Owner): boolean {
  const me = thisProcess();
  if (owner.host !== me.host) return false;
  if (owner.bootId !== me.bootId) return owner.bootId !== '' && me.bootId !== '';
  if (!exists(owner.pid)) return true;
  const started = startTime(owner.pid);
  return started === undefined ? !exists(owner.pid) : owner.startTime !== '' && started !== owner.startTime;
}

/** True only when it is certain that this very process runs on this machine now. */
export function isAliveHere(owner: Owner): boolean {
  const me = thisProcess();
  if (owner.host !== me.host || owner.bootId !== me.bootId || owner.bootId === '') return false;
  return owner.startTime !== '' && exists(owner.pid) && startTime(owner.pid) === owner.startTime;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string {
  if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  if (process.platform === 'darwin') return output('sysctl', ['-n', 'kern.bootsessionuuid']) ?? '';
  return '';
}

/** Start time of a process in whatever unit the system has; a dead process that was not reaped yet has none. */
function startTime(pid: number): string | undefined {
  if (process.platform !== 'linux') return output('ps', ['-o', 'lstart=', '-p', String(pid)]);
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name of the program stands in parentheses and may hold anything; fields are counted after it (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
}

function output(program: string, args: readonly string[]): string | undefined {
  try {
    return (
      execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, LC_ALL: 'C' } }).trim() ||
      undefined
    );
  } catch {
    return undefined;
  }
}
