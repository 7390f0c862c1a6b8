import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliProcess, CliResult } from '../../journeys/support/cli.js';
import { haveSshd, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { LocalBench } from '../means/localBench.js';
import { LocalOrdeal } from '../means/localOrdeal.js';
import { SHAPES } from '../means/shapes.js';
import type { Shape } from '../means/shapes.js';
import { buildShim, readCalls, shimEnvironment, shimMissing } from '../means/shim.js';
import { sshBench } from '../means/sshBench.js';
import type { FaultCase, Profile, Row, Verdict } from '../row.js';

/** Two in each case: one while the run is begun, one while it is gone on with. */
const KILLS = 2;
/** Life of a runner that is killed by the clock, in ms. */
const SHORTEST_LIFE_MS = 100;
const LONGEST_LIFE_MS = 900;
/** A resume makes about so many calls. */
const CALLS_OF_RESUME = 45;

/** The runner is killed at calls that it makes and at any moment, and the run is gone on with. */
export const kill: Row = {
  id: 'kill',
  title: `kill -9 of the runner before or after each of its calls (write, sync, rename, fork, send) and at random moments, ${String(KILLS)} times a run, here and over OpenSSH; then resume`,
  must: 'no acknowledged record lost, nothing done without its intent, nothing done again unasked: a counter on the host is the judge',
  // Some second kills come after the end of the run: so many cases make 200 kills, and 5,000 with each failpoint of every shape.
  cases: { pr: 106, nightly: 2_900 },
  concurrency: 3,
  missing: async () => shimMissing() ?? (haveSshd ? undefined : 'there is no OpenSSH server'),
  open: async (profile) => {
    const directory = mkdtempSync(join(tmpdir(), 'fault-kill-'));
    const shim = buildShim(directory);
    const sshd = await startSshd();
    const points = await failPoints(shim, sshd, profile);
    return {
      run: (fault) => killed(fault, shim, points, sshd),
      close: async () => {
        await sshd.stop();
        rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  },
};

/** A call at which a runner that begins a run can be killed. */
interface FailPoint {
  readonly shape: Shape;
  readonly remote: boolean;
  readonly call: number;
}

/** Every call of a run of each shape, here and on a host. For a small profile: of the simplest shape every call here, and some on a host. */
async function failPoints(shim: string, sshd: Sshd, profile: Profile): Promise<readonly FailPoint[]> {
  const [simplest, ...others] = SHAPES;
  if (simplest === undefined) throw new Error('there are no shapes');
  const shapes = profile === 'pr' ? [simplest] : [simplest, ...others];
  const kinds = shapes.flatMap((shape) => [
    { shape, remote: false },
    { shape, remote: true },
  ]);
  const points: FailPoint[] = [];
  for (const kind of kinds) {
    const bench = benchOf(kind, sshd);
    const log = join(bench.directory, 'calls');
    const { code, out, err } = await bench.start(shimEnvironment(shim, { root: bench.disk, log, net: true })).done;
    if (code !== 0) throw new Error(`the run without a fault did not succeed: ${out}${err}`);
    const calls = readCalls(log).calls.map(({ number }) => ({ ...kind, call: number }));
    // A packet is three calls: a small profile takes some of them, all along the run.
    points.push(...(profile === 'pr' && kind.remote ? spread(calls, kill.cases.pr - points.length) : calls));
    bench.close();
  }
  return points;
}

/** So many of a list, evenly taken. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  return list.filter((_, index) => Math.floor(((index + 1) * count) / list.length) > Math.floor((index * count) / list.length));
}

function benchOf({ shape, remote }: Pick<FailPoint, 'shape' | 'remote'>, sshd: Sshd): LocalBench {
  return remote ? sshBench(shape, sshd) : new LocalBench(shape);
}

async function killed(fault: FaultCase, shim: string, points: readonly FailPoint[], sshd: Sshd): Promise<Verdict> {
  const point = points[fault.index % points.length];
  if (point === undefined) throw new Error('there are no failpoints');
  const bench = benchOf(point, sshd);
  let kills = 0;
  const at = (call: number, kind: 'kill_before' | 'kill_after'): Record<string, string> =>
    shimEnvironment(shim, { root: bench.disk, log: join(bench.directory, 'calls'), net: true, fault: { at: call, kind } });
  const count = ({ signal }: CliResult): void => {
    if (signal === 'SIGKILL') kills += 1;
  };
  try {
    const ordeal = new LocalOrdeal(bench);
    const isLaterRound = Math.floor(fault.index / points.length) % 2 === 1;
    count(await ordeal.outlast(ordeal.next({ env: at(point.call, isLaterRound ? 'kill_after' : 'kill_before') })));
    const byClock = fault.random() < 0.5;
    const moment = fault.random();
    const kind = fault.random() < 0.5 ? 'kill_before' : 'kill_after';
    const env = byClock ? {} : at(1 + Math.floor(moment * CALLS_OF_RESUME), kind);
    if (!ordeal.isOver()) count(await ordeal.outlast(byClock ? killedSoon(ordeal.next(), moment) : ordeal.next({ env })));
    await ordeal.finish();
    if (ordeal.wrong.length === 0) return { kind: 'held', measured: { kills } };
    const where = `${point.shape.name}${point.remote ? ' over ssh' : ''}, killed at call ${String(point.call)}`;
    return { kind: 'broken', what: `${where}: ${ordeal.wrong.join('\n')}` };
  } finally {
    bench.close();
  }
}

function killedSoon(runner: CliProcess, moment: number): CliProcess {
  const life = SHORTEST_LIFE_MS + moment * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
  const timer = setTimeout(() => runner.process.kill('SIGKILL'), life);
  void runner.done.then(() => {
    clearTimeout(timer);
  });
  return runner;
}
