import { setTimeout as sleep } from 'node:timers/promises';
import type { RunState } from '../../../src/events/index.js';
import { cannotDivide, NamespaceHost } from '../means/namespaceHost.js';
import { endOf, SshTrial, theStep } from '../means/sshTrial.js';
import { TcpProxy } from '../means/tcpProxy.js';
import type { FaultCase, Row, Verdict } from '../row.js';

const KEEPALIVE_MS = 1_000;
const LIMIT_MS = 120_000;
/** The longest a host stays down. */
const DOWN_MS = 1_500;
/** What a step still has to do when its host goes down. */
const MUCH = 'sleep 30';

const step = (script: string, more = ''): string => `on: app, ${more}run: 'echo run >> "$1/begun"; ${script}; echo run >> "$1/ended"'`;

/** Steps in whose midst the host goes down. `silently`: nothing tells that it did, as with a power cut. */
const UNDERWAY: readonly { readonly name: string; readonly step: string; readonly silently: boolean }[] = [
  { name: 'silent', step: step(MUCH), silently: false },
  { name: 'chatty', step: step('while :; do echo still here; sleep 0.05; done'), silently: true },
  { name: 'with values', step: step(`echo "build 4711"; ${MUCH}`, 'outputs: { build: { match: "build ([0-9]+)" } }, '), silently: false },
  { name: 'with a terminal', step: step(MUCH, 'terminal: true, '), silently: true },
];

/** Reboots hosts under the steps that run there. */
export const reboots: Row = {
  id: 'reboots',
  title: 'The host is rebooted in mid-step; and a reboot that is told to happen comes too late',
  must: 'the verdict names the reboot, nothing runs again at resume, and a host is not rebooted twice',
  cases: { pr: 10, nightly: 100 },
  concurrency: 4,
  missing: () => Promise.resolve(cannotDivide()),
  open: () => Promise.resolve({ run: tryReboot, close: () => Promise.resolve() }),
};

async function tryReboot({ index, random }: FaultCase): Promise<Verdict> {
  const host = await NamespaceHost.open();
  const shape = UNDERWAY[index % (UNDERWAY.length + 1)];
  try {
    const wrong = shape === undefined ? await lateReboot(host, random) : await underway(host, shape, random);
    return wrong === undefined ? { kind: 'held' } : { kind: 'broken', what: `${shape?.name ?? 'a reboot step'}: ${wrong}` };
  } finally {
    await host.close();
  }
}

/** The host goes down under a step. Returns what is wrong. */
async function underway(host: NamespaceHost, shape: (typeof UNDERWAY)[number], random: () => number): Promise<string | undefined> {
  const reached = host.reached();
  const proxy = await TcpProxy.open({ address: '127.0.0.1', port: reached.port });
  const trial = await SshTrial.open({ ...reached, port: proxy.port }, KEEPALIVE_MS);
  try {
    const run = await trial.begin(shape.step);
    await begun(trial);
    await sleep(random() * 500);
    if (shape.silently) proxy.cutAfter(proxy.segments, 'black_hole');
    await host.reboot(random() * DOWN_MS);
    const first = await endOf(run, LIMIT_MS);
    const wrong = notNamed(first, trial);
    if (wrong !== undefined) return wrong;
    const resumed = await trial.engine.resume(run.handle.run, { onUnknown: 'stop' });
    return notNamed(await endOf(resumed, LIMIT_MS), trial);
  } finally {
    await trial.close();
    await proxy.close();
  }
}

function notNamed(state: RunState, trial: SshTrial): string | undefined {
  const { status, attempts } = theStep(state);
  const why = attempts.at(-1)?.ended?.failure?.message ?? '';
  if (trial.count('begun') !== 1) return `it ran ${String(trial.count('begun'))} times`;
  if (status !== 'unknown') return `it is ${status}, not unknown: ${why}`;
  return /reboot/.test(why) ? undefined : `the reboot is not named: ${why}`;
}

/** A step that reboots the host is out of time before the host is back; the run is resumed then. Returns what is wrong. */
async function lateReboot(host: NamespaceHost, random: () => number): Promise<string | undefined> {
  const trial = await SshTrial.open(host.reached(), KEEPALIVE_MS);
  host.downMs = 4_000 + random() * DOWN_MS;
  try {
    const run = await trial.begin(`on: app, timeout: 2s, reboot: { command: "touch ${host.rebootRequest}" }, irreversible: It goes down`);
    const first = await endOf(run, LIMIT_MS);
    if (theStep(first).status === 'succeeded') return 'the means failed: the host was back in time';
    for (let tries = 0; host.reboots === 0 && tries < 200; tries++) await sleep(50);
    await host.settled();
    const second = await endOf(await trial.engine.resume(run.handle.run, { onUnknown: 'stop' }), LIMIT_MS);
    if (host.reboots !== 1) return `the host was rebooted ${String(host.reboots)} times`;
    const { status, attempts } = theStep(second);
    return status === 'succeeded' ? undefined : `it is ${status}: ${attempts.at(-1)?.ended?.failure?.message ?? ''}`;
  } finally {
    await trial.close();
  }
}

async function begun(trial: SshTrial): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (trial.count('begun') > 0) return;
    await sleep(50);
  }
  throw new Error('the step did not begin');
}
