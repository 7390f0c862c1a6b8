import { haveSshd, startSshd } from '../../support/sshd.js';
import type { TestRun } from '../../support/running.js';
import { endOf, SshTrial, theStep } from '../means/sshTrial.js';
import type { Reached } from '../means/sshTrial.js';
import { CUTS, TcpProxy } from '../means/tcpProxy.js';
import type { Cut } from '../means/tcpProxy.js';
import type { FaultCase, Row, Verdict } from '../row.js';
import { reachedOf } from '../means/reached.js';

/** Shorter than an operator's, so that a silence is noticed while a test waits. */
const KEEPALIVE_MS = 1_000;
/** Before the login there is no keepalive; the engine waits so long for a silent server. */
const LOGIN_MS = 20_000;
/** What a busy machine adds to a time. */
const SLACK_MS = 3_000;
const LIMIT_MS = 120_000;

/** A step by the way it behaves while the cable is cut. */
interface Shape {
  readonly name: string;
  readonly step: string;
}

const between = (script: string, more = ''): string => `on: app, ${more}run: 'echo run >> "$1/begun"; ${script}; echo run >> "$1/ended"'`;

const SHAPES: readonly Shape[] = [
  { name: 'quick', step: between('echo done') },
  { name: 'silent', step: between('sleep 1.5') },
  { name: 'chatty', step: between('i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo "line $i"; sleep 0.03; done') },
  { name: 'with values', step: between('echo "build 4711"; sleep 0.3', 'outputs: { build: { match: "build ([0-9]+)" } }, ') },
  {
    name: 'with a terminal',
    step: between('i=0; while [ $i -lt 10 ]; do i=$((i+1)); echo "line $i"; sleep 0.1; done', 'terminal: true, '),
  },
];

/** Cuts the cable under a step at any piece of what is said between the two machines. */
export const sshCuts: Row = {
  id: 'ssh-cuts',
  title: 'The connection is cut at every segment: reset, closed, swallowed, trickling, under five shapes of steps, against OpenSSH',
  must: 'no wrong verdict, never a second run, noticed within three keepalives, unknown only where the host wrote no exit code',
  cases: { pr: 60, nightly: 400 },
  concurrency: 8,
  missing: () => Promise.resolve(haveSshd ? undefined : 'there is no sshd on this machine'),
  open: async () => {
    const segments = await Promise.all(SHAPES.map((shape) => onFreshHost((host) => segmentsOf(shape, host))));
    return {
      run: (fault) => onFreshHost((host) => tryCut(fault, host, segments)),
      close: () => Promise.resolve(),
    };
  },
};

/** One host is held by one run at a time, so every case has its own. */
async function onFreshHost<T>(work: (host: Reached) => Promise<T>): Promise<T> {
  const server = await startSshd();
  try {
    return await work(reachedOf(server));
  } finally {
    await server.stop();
  }
}

/** How many segments a run of this shape takes when nothing happens to it. */
async function segmentsOf(shape: Shape, host: Reached): Promise<number> {
  const proxy = await TcpProxy.open({ address: '127.0.0.1', port: host.port });
  const trial = await SshTrial.open({ ...host, port: proxy.port }, KEEPALIVE_MS);
  try {
    const state = await endOf(await trial.begin(shape.step), LIMIT_MS);
    if (state.status !== 'succeeded') {
      const why = theStep(state).attempts.at(-1)?.ended?.failure?.message ?? state.closing ?? '';
      throw new Error(`a step (${shape.name}) fails without any cut: ${why}`);
    }
    return proxy.segments;
  } finally {
    await trial.close();
    await proxy.close();
  }
}

async function tryCut({ index, random }: FaultCase, host: Reached, segments: readonly number[]): Promise<Verdict> {
  const shape = SHAPES[Math.floor(index / CUTS.length) % SHAPES.length] as Shape;
  const kind = CUTS[index % CUTS.length] as Cut;
  const at = Math.floor(random() * (segments[SHAPES.indexOf(shape)] as number));
  const proxy = await TcpProxy.open({ address: '127.0.0.1', port: host.port });
  const trial = await SshTrial.open({ ...host, port: proxy.port }, KEEPALIVE_MS);
  const name = `${shape.name}, ${kind} after segment ${String(at)} of ${String(segments[SHAPES.indexOf(shape)])}`;
  try {
    proxy.cutAfter(at, kind);
    const run = await trial.begin(shape.step);
    const seen = { loggedInAt: Infinity };
    run.handle.onEvent((event) => {
      if (event.type === 'host_seen') seen.loggedInAt = Math.min(seen.loggedInAt, performance.now());
    });
    await endOf(run, LIMIT_MS);
    const wrong = judge(trial, run, shape) ?? late(proxy, kind, seen.loggedInAt);
    if (wrong !== undefined) return { kind: 'broken', what: `${name}: ${wrong}` };
    return { kind: 'held', measured: { ...measured(run), ...noticed(proxy, kind, seen.loggedInAt) } };
  } catch (error) {
    return { kind: 'broken', what: `${name}: ${(error as Error).message}` };
  } finally {
    await trial.close();
    await proxy.close();
  }
}

/** What is wrong with the verdict, by what the step itself and the host left behind. */
function judge(trial: SshTrial, run: TestRun, shape: Shape): string | undefined {
  const step = theStep(run.handle.state);
  const [begun, ended] = [trial.count('begun'), trial.count('ended')];
  const last = step.attempts.at(-1);
  const what = `${step.status} (${last?.ended?.failure?.message ?? last?.ended?.why ?? ''}); begun ${String(begun)}, ended ${String(ended)}`;
  if (begun > 1) return `it ran ${String(begun)} times: ${what}`;
  const there = last === undefined ? undefined : trial.exitCodeThere(run.handle.run, last);
  switch (step.status) {
    case 'succeeded':
      if (ended !== 1) return `it has not ended: ${what}`;
      return shape.name === 'with values' && step.values['build'] !== '4711' ? `its value is ${String(step.values['build'])}` : undefined;
    case 'failed':
    case 'cancelled':
      return begun === 0 ? undefined : `it was begun: ${what}`;
    case 'unknown':
      if (begun === 0 && there === undefined) return `it never began: ${what}`;
      // What a program on a terminal makes of its end is not what it would have done.
      return there === undefined || (there !== 0 && shape.name === 'with a terminal')
        ? undefined
        : `the host wrote exit code ${String(there)}: ${what}`;
    default:
      return what;
  }
}

function noticedMs(proxy: TcpProxy, kind: Cut): number | undefined {
  return kind !== 'black_hole' || proxy.cutAt === undefined || proxy.letGoAt === undefined ? undefined : proxy.letGoAt - proxy.cutAt;
}

function late(proxy: TcpProxy, kind: Cut, loggedInAt: number): string | undefined {
  const ms = noticedMs(proxy, kind);
  if (ms === undefined || proxy.cutAt === undefined) return undefined;
  const allowed = (proxy.cutAt < loggedInAt ? LOGIN_MS : 3 * KEEPALIVE_MS) + SLACK_MS;
  return ms <= allowed ? undefined : `the silence was noticed after ${String(Math.round(ms))} ms`;
}

function noticed(proxy: TcpProxy, kind: Cut, loggedInAt: number): Readonly<Record<string, number>> {
  const ms = noticedMs(proxy, kind);
  return ms === undefined || proxy.cutAt === undefined || proxy.cutAt < loggedInAt ? {} : { silence_noticed_ms: Math.round(ms) };
}

function measured(run: TestRun): Readonly<Record<string, number>> {
  return { [theStep(run.handle.state).status]: 1 };
}
