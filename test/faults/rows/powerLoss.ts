import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalBench } from '../means/localBench.js';
import { LocalOrdeal } from '../means/localOrdeal.js';
import { mayMount, withOwnMounts } from '../means/ownMounts.js';
import { SHAPES } from '../means/shapes.js';
import { buildShim, readCalls, shimEnvironment, shimMissing } from '../means/shim.js';
import { UnsyncedDisk } from '../means/unsyncedDisk.js';
import type { Survival } from '../means/unsyncedDisk.js';
import type { FaultCase, Row, Verdict } from '../row.js';

/** A run of the simplest shape makes about so many calls; the others make more. */
const FEWEST_CALLS = 52;
const MOST_CALLS = 120;
const LONGEST_STEP_MS = 60_000;
const SURVIVALS: readonly Survival[] = ['kept', 'seen', 'part', 'zeros'];

/** The machine of the operator loses its power, and with it everything that was not synced. */
export const powerLoss: Row = {
  id: 'power-loss',
  title:
    'the power fails at the n-th call: what was not synced is gone, whole or in part, the evidence of steps too; then resume in the next boot',
  must: 'no acknowledged record lost, nothing done without its intent, nothing done again unasked: a counter outside of that disk is the judge',
  cases: { pr: 60, nightly: 600 },
  concurrency: 3,
  missing: async () =>
    shimMissing() ?? (mayMount() ? undefined : 'a boot id cannot be feigned: mounts of our own (unshare -m) are not allowed here'),
  open: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fault-power-'));
    const shim = buildShim(directory);
    return {
      run: (fault) => powerFails(fault, shim),
      close: async () => {
        rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  },
};

async function powerFails(fault: FaultCase, shim: string): Promise<Verdict> {
  const shape = SHAPES[Math.floor(fault.index / FEWEST_CALLS) % SHAPES.length];
  if (shape === undefined) throw new Error('there are no shapes');
  const call = fault.index < FEWEST_CALLS ? fault.index + 1 : 1 + Math.floor(fault.random() * MOST_CALLS);
  const bench = new LocalBench(shape);
  try {
    const log = join(bench.directory, 'calls');
    const data = bench.makeDirectory('written');
    const ordeal = new LocalOrdeal(bench);
    const env = shimEnvironment(shim, { root: bench.disk, log, data, net: true, fault: { at: call, kind: 'kill_after' } });
    await ordeal.outlast(ordeal.next({ env }));
    await stepsAreGone(bench.disk);
    const disk = new UnsyncedDisk(bench.disk, data);
    for (const done of readCalls(log).calls) disk.apply(done);
    // Half of the disks lose all that they may lose.
    const isWorst = fault.random() < 0.5;
    const survives = (): Survival => (isWorst ? 'kept' : (SURVIVALS[Math.floor(fault.random() * SURVIVALS.length)] ?? 'kept'));
    const left = bench.makeDirectory('left');
    disk.leave(left, survives);
    if (fault.random() < 0.5) keepEvidence(bench.disk, left);
    rmSync(bench.disk, { recursive: true, force: true, maxRetries: 10 });
    cpSync(left, bench.disk, { recursive: true });
    await ordeal.finish({ through: nextBoot(bench.directory) });
    if (ordeal.wrong.length === 0) return { kind: 'held', measured: { losses: 1 } };
    return { kind: 'broken', what: `${shape.name}, power lost at call ${String(call)}: ${ordeal.wrong.join('\n')}` };
  } finally {
    bench.close();
  }
}

/** The power takes the steps as well; those of a runner that is killed end by themselves a moment later. */
async function stepsAreGone(disk: string): Promise<void> {
  const isThere = (pid: string): boolean => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(disk);
    } catch {
      return false;
    }
  };
  const deadline = performance.now() + LONGEST_STEP_MS;
  // A process that begins while another ends is missed by one look at all of them.
  for (let free = 0; free < 2; await sleep(20)) {
    free = readdirSync('/proc').some((name) => /^[0-9]+$/.test(name) && isThere(name)) ? 0 : free + 1;
    if (performance.now() > deadline) throw new Error('a step outlives its runner');
  }
}

/** Steps keep their evidence by programs of their own, whose calls nobody counts: it is there whole, or not at all. */
function keepEvidence(disk: string, left: string): void {
  const evidence = join('state', 'attempts');
  if (existsSync(join(disk, evidence)) && existsSync(join(left, 'state')))
    cpSync(join(disk, evidence), join(left, evidence), { recursive: true });
}

/** A command that carries another out as if the machine had been started anew. */
function nextBoot(directory: string): readonly string[] {
  const bootId = join(directory, 'boot_id');
  if (!existsSync(bootId)) writeFileSync(bootId, `${randomUUID()}\n`);
  return withOwnMounts('mount --bind "$0" /proc/sys/kernel/random/boot_id && exec "$@"', bootId);
}
