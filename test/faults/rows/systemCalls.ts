import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalBench } from '../means/localBench.js';
import { LocalOrdeal } from '../means/localOrdeal.js';
import { SHAPES } from '../means/shapes.js';
import type { Shape } from '../means/shapes.js';
import { buildShim, readCalls, shimEnvironment, shimMissing } from '../means/shim.js';
import type { Fault, SystemCall } from '../means/shim.js';
import { unexplained } from '../means/unexplained.js';
import type { FaultCase, Row, Verdict } from '../row.js';

/** Runs at a time within a case. */
const AT_ONCE = 2;
/** Broken faults of a shape that are told. */
const TOLD = 20;

/** The state directory fails under the runner: each of its calls, in each way that call can fail. One case is one shape of run. */
export const systemCalls: Row = {
  id: 'system-calls',
  title:
    'the n-th system call about the state directory fails (ENOSPC that lasts, EIO, short write, EMFILE, fsync), for all n of a run (of other shapes, for those that differ); then resume',
  must: 'the run stops and says so, does nothing after that, loses nothing it showed, and is gone on with; a counter is the judge',
  cases: { pr: 1, nightly: SHAPES.length },
  limitMs: 1_800_000,
  missing: async () => shimMissing(),
  open: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fault-calls-'));
    const shim = buildShim(directory);
    return {
      run: (fault) => everyFault(fault, shim),
      close: async () => {
        rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  },
};

interface Failing {
  readonly call: SystemCall;
  readonly kind: Fault;
  readonly lasts: boolean;
}

async function everyFault(fault: FaultCase, shim: string): Promise<Verdict> {
  const shape = SHAPES[fault.index];
  if (shape === undefined) throw new Error(`there is no shape ${String(fault.index)}`);
  const calls = await callsOf(shape, shim);
  const left = faultsOf(fault.index === 0 ? calls : ownCalls(calls));
  const faults = left.length;
  const wrong: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) wrong.push(...(await tryOne(shape, shim, next)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (wrong.length === 0) return { kind: 'held', measured: { faults } };
  return { kind: 'broken', what: `${shape.name}, ${String(wrong.length)} wrong: ${wrong.slice(0, TOLD).join('\n')}` };
}

/** The calls of a run to which nothing happens. */
async function callsOf(shape: Shape, shim: string): Promise<readonly SystemCall[]> {
  const bench = new LocalBench(shape);
  try {
    const log = join(bench.directory, 'calls');
    const { code, out, err } = await bench.start(shimEnvironment(shim, { root: bench.disk, log })).done;
    if (code !== 0) throw new Error(`the run without a fault did not succeed: ${out}${err}`);
    return readCalls(log).calls;
  } finally {
    bench.close();
  }
}

/** The calls in which a shape differs from the simplest: until the first record all runs are the same, and pieces of one output are alike. */
function ownCalls(calls: readonly SystemCall[]): readonly SystemCall[] {
  const records = calls.filter(({ name, path }) => name === 'write' && path.endsWith('/journal.jsonl'));
  const first = records[1]?.number ?? 0;
  const isPieceLike = (call: SystemCall, other: SystemCall | undefined): boolean =>
    call.name === 'write' && other?.name === 'write' && call.path === other.path && call.path.includes('/output/');
  return calls.filter((call, at) => call.number >= first && !(isPieceLike(call, calls[at - 1]) && isPieceLike(call, calls[at + 1])));
}

/** Every way in which each call can fail. A call that has failed already, since it found what it would make, is left out. */
function faultsOf(calls: readonly SystemCall[]): Failing[] {
  return calls
    .filter(({ result }) => result >= 0)
    .flatMap((call) => {
      const makes = call.name === 'open' && call.detail !== '0';
      const kinds: readonly Fault[] = [
        'EIO',
        ...(makes || ['write', 'mkdir', 'link', 'rename'].includes(call.name) ? (['ENOSPC'] as const) : []),
        ...(call.name === 'write' && call.result > 1 ? (['short'] as const) : []),
        ...(call.name === 'open' ? (['EMFILE'] as const) : []),
      ];
      return kinds.map((kind) => ({ call, kind, lasts: kind === 'ENOSPC' }));
    });
}

/** One run with one fault, and the way from there to its success. Returns what was wrong. */
async function tryOne(shape: Shape, shim: string, { call, kind, lasts }: Failing): Promise<readonly string[]> {
  const bench = new LocalBench(shape);
  try {
    const ordeal = new LocalOrdeal(bench);
    const log = join(bench.directory, 'calls');
    const env = shimEnvironment(shim, { root: bench.disk, log, fault: { at: call.number, kind, lasts } });
    const result = await ordeal.outlast(ordeal.next({ env }));
    const wrong = readCalls(log).faulted ? unexplained(result, ordeal) : [];
    await ordeal.finish();
    const where = `${kind} at call ${String(call.number)} (${call.name} ${call.path.slice(bench.disk.length)})`;
    return [...wrong, ...ordeal.wrong].map((what) => `${where}: ${what}`);
  } finally {
    bench.close();
  }
}
