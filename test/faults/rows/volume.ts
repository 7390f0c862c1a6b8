import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { haveSshd, startSshd } from '../../support/sshd.js';
import { reachedOf } from '../means/reached.js';
import type { VolumeResult, VolumeTask } from '../means/volumeRun.js';
import type { FaultCase, Profile, Row, Verdict } from '../row.js';

const PROGRAM = join(import.meta.dirname, '../means/volumeRun.ts');
const GROWTH_MB = 150;
const EXIT_CODE = 7;
const LIMIT_MS = 45 * 60_000;
const MB = 1_000_000;

/** A program that prints so many bytes, and how many those are in each profile. */
const SHAPES: readonly {
  readonly name: string;
  readonly print: (bytes: number) => string;
  readonly bytes: Readonly<Record<Profile, number>>;
}[] = [
  {
    name: 'lines of some length',
    print: (bytes) => `yes "a line as a program prints it, some sixty characters long or so" | head -c ${String(bytes)}`,
    bytes: { pr: 200 * MB, nightly: 10_000 * MB },
  },
  {
    name: 'one line',
    print: (bytes) => `head -c ${String(bytes)} /dev/zero | tr "\\0" x`,
    bytes: { pr: 200 * MB, nightly: 1_000 * MB },
  },
  {
    name: 'lines of one character',
    print: (bytes) => `yes | head -c ${String(bytes)}`,
    bytes: { pr: 200 * MB, nightly: 1_000 * MB },
  },
];
const WAYS = ['here', 'over SSH', 'here, on a terminal', 'over SSH, on a terminal'] as const;
/** A terminal is slower than a pipe; so many times less goes over it. */
const LESS_ON_A_TERMINAL = 4;

/** Which shape is printed where: everything here and over SSH; on a terminal what it does not change. */
const CASES: readonly { readonly shape: number; readonly way: (typeof WAYS)[number] }[] = [
  ...[0, 1, 2].flatMap((shape) => [
    { shape, way: WAYS[0] },
    { shape, way: WAYS[1] },
  ]),
  { shape: 1, way: WAYS[2] },
  { shape: 1, way: WAYS[3] },
];

/** Lets steps print without end, and weighs the engine meanwhile. */
export const volume: Row = {
  id: 'volume',
  title: 'A step prints gigabytes, one endless line, or millions of lines a second, here and over SSH',
  must: `the engine grows by less than ${String(GROWTH_MB)} MB, every byte is counted, and the exit code is exact`,
  cases: { pr: CASES.length, nightly: CASES.length },
  // Ten gigabytes through a shell, on a machine that has other things to do.
  limitMs: 1_200_000,
  concurrency: 2,
  missing: () => Promise.resolve(haveSshd ? undefined : 'there is no sshd on this machine'),
  open: (profile) => Promise.resolve({ run: (fault) => tryVolume(fault, profile), close: () => Promise.resolve() }),
};

async function tryVolume({ index }: FaultCase, profile: Profile): Promise<Verdict> {
  const { shape: at, way } = CASES[index % CASES.length] as (typeof CASES)[number];
  const shape = SHAPES[at] as (typeof SHAPES)[number];
  const terminal = way.endsWith('on a terminal');
  const bytes = shape.bytes[profile] / (terminal ? LESS_ON_A_TERMINAL : 1);
  const script = `${shape.print(bytes)}; exit ${String(EXIT_CODE)}`;
  const server = way.startsWith('over SSH') ? await startSshd() : undefined;
  try {
    const result = await measured({
      script,
      terminal,
      ...(server === undefined ? {} : { host: reachedOf(server) }),
    });
    const wrong = judge(result, bytes);
    if (wrong !== undefined) return { kind: 'broken', what: `${shape.name}, ${way}: ${wrong}; ${JSON.stringify(result)}` };
    return { kind: 'held', measured: { growth_mb: result.growthMb, late_timer_ms: result.lateMs } };
  } finally {
    await server?.stop();
  }
}

function judge(result: VolumeResult, bytes: number): string | undefined {
  if (result.exitCode !== EXIT_CODE) return `the exit code is ${String(result.exitCode)}, not ${String(EXIT_CODE)}`;
  if (result.bytes !== bytes) return `${String(result.bytes)} bytes were counted of ${String(bytes)}`;
  if (result.dropped >= bytes) return 'nothing was kept';
  return result.growthMb < GROWTH_MB ? undefined : `the engine grew by ${result.growthMb.toFixed(0)} MB`;
}

/** Measured in a process of its own, so that nothing else is weighed. */
async function measured(task: VolumeTask): Promise<VolumeResult> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', PROGRAM, JSON.stringify(task)], { timeout: LIMIT_MS });
  return JSON.parse(stdout) as VolumeResult;
}
