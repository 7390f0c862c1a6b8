import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Calls = Pick<
  typeof fs,
  | 'fsyncSync'
  | 'fdatasyncSync'
  | 'linkSync'
  | 'renameSync'
  | 'rmSync'
  | 'writeSync'
  | 'readSync'
  | 'mkdirSync'
  | 'readFileSync'
  | 'openSync'
>;

/** The error of a failing call. */
export function ioError(code = 'EIO'): Error {
  return Object.assign(new Error(`${code}: the disk fails`), { code });
}

/** Does something while calls to the disk behave as given; afterwards they are themselves again. `real` gives the calls as they were. */
export function withDisk<T>(faulty: (real: Calls) => Partial<Record<keyof Calls, (...args: never[]) => unknown>>, work: () => T): T {
  const real = { ...fs };
  const calls = faulty(real);
  Object.assign(fs, calls);
  syncBuiltinESMExports();
  try {
    return work();
  } finally {
    for (const name of Object.keys(calls) as (keyof Calls)[]) Object.assign(fs, { [name]: real[name] });
    syncBuiltinESMExports();
  }
}

/** Does something as if on another system. */
export async function onPlatform<T>(platform: NodeJS.Platform, work: () => T | Promise<T>): Promise<T> {
  const real = process.platform;
  Object.defineProperty(process, 'platform', { value: platform });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, 'platform', { value: real });
  }
}
