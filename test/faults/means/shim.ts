import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'shim.c');

/** What happens at one counted call of a process. Errors go by their name; with `lasts`, until something is removed. */
export type Fault = 'kill_before' | 'kill_after' | 'short' | 'ENOSPC' | 'EIO' | 'EMFILE' | 'EACCES';

export interface ShimPlan {
  /** Only calls about this directory and what is in it count. */
  readonly root: string;
  /** File that gets a line for each counted call. */
  readonly log: string;
  /** Directory that keeps what each call wrote. */
  readonly data?: string;
  /** Also counts forks and what is sent to sockets. */
  readonly net?: boolean;
  readonly fault?: { readonly at: number; readonly kind: Fault; readonly lasts?: boolean };
}

/** A counted call that a process made. */
export interface SystemCall {
  /** From 1. */
  readonly number: number;
  /** What it returned: -1 is an error. */
  readonly result: number;
  readonly name: string;
  /** Offset of a write, length of a truncation, flags of an opening, first name of a link or rename. */
  readonly detail: string;
  readonly path: string;
}

/** Why the shim cannot be used here; undefined when it can. */
export function shimMissing(): string | undefined {
  if (process.platform !== 'linux') return 'system calls are intercepted on Linux only';
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no C compiler (cc) to build the shim with';
  }
}

/** Builds the shim in a directory; returns its path. */
export function buildShim(directory: string): string {
  const built = join(directory, 'shim.so');
  execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', built, SOURCE, '-ldl', '-lpthread']);
  return built;
}

/** The environment that puts a process behind the shim. */
export function shimEnvironment(shim: string, plan: ShimPlan): Record<string, string> {
  const { fault } = plan;
  return {
    LD_PRELOAD: shim,
    // Calls must be seen where they are made.
    UV_USE_IO_URING: '0',
    SHIM_ROOT: plan.root,
    SHIM_LOG: plan.log,
    ...(plan.data === undefined ? {} : { SHIM_DATA: plan.data }),
    ...(plan.net === true ? { SHIM_NET: '1' } : {}),
    ...(fault === undefined
      ? {}
      : { SHIM_AT: String(fault.at), SHIM_FAULT: wordOf(fault.kind), SHIM_LASTS: fault.lasts === true ? '1' : '0' }),
  };
}

function wordOf(kind: Fault): string {
  return kind in constants.errno ? String(constants.errno[kind as keyof typeof constants.errno]) : kind;
}

/** What a process did, from its log. */
export function readCalls(log: string): { readonly calls: readonly SystemCall[]; readonly faulted: boolean } {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  const calls = lines.flatMap((line) => {
    const parts = /^(\d+) (-?\d+) (\S+) (\S+) (.*)$/.exec(line);
    if (parts === null) return [];
    const [, number = '', result = '', name = '', detail = '', path = ''] = parts;
    return [{ number: Number(number), result: Number(result), name, detail, path }];
  });
  return { calls, faulted: lines.some((line) => line.startsWith('fault ')) };
}
