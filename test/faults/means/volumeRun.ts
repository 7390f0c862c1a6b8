import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunState } from '../../../src/events/index.js';
import { planDigest } from '../../../src/planner/index.js';
import { planOf } from '../../support/drafting.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, TestEngine } from '../../support/running.js';
import { theStep } from './sshTrial.js';
import type { Reached } from './sshTrial.js';

/** What the engine is to swallow: argument of this program, as JSON. */
export interface VolumeTask {
  readonly script: string;
  /** Where it runs: this machine, or a host over SSH. */
  readonly host?: Reached;
  readonly terminal?: boolean;
}

/** What this program measured, as JSON on its standard output. */
export interface VolumeResult {
  readonly exitCode: number | undefined;
  readonly message: string | undefined;
  /** As the journal has it. */
  readonly bytes: number;
  readonly dropped: number;
  /** Characters that were shown to whoever listens. */
  readonly shown: number;
  readonly growthMb: number;
  readonly seconds: number;
  /** 99th percentile of how late a timer was, in ms. */
  readonly lateMs: number;
}

const SAMPLE_MS = 50;

async function measure(task: VolumeTask): Promise<VolumeResult> {
  const engine = await TestEngine.open(task.host === undefined ? {} : { identities: [task.host.identity] });
  try {
    if (task.host !== undefined)
      writeFileSync(join(engine.directory, 'known_hosts'), `[127.0.0.1]:${String(task.host.port)} ${task.host.hostKey}\n`);
    // The first run loads what is loaded once.
    await carryOut(engine, { ...task, script: 'echo warm' }, () => undefined);
    await sleep(500);
    const before = process.memoryUsage.rss();
    let highest = before;
    let shown = 0;
    const sampling = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), SAMPLE_MS);
    const late = monitorEventLoopDelay({ resolution: 10 });
    late.enable();
    const began = performance.now();
    const state = await carryOut(engine, task, (text) => (shown += text.length));
    clearInterval(sampling);
    const ended = theStep(state).attempts.at(-1)?.ended;
    return {
      exitCode: ended?.exitCode,
      message: ended?.failure?.message ?? state.closing,
      bytes: ended?.output?.bytes ?? 0,
      dropped: ended?.output?.dropped ?? 0,
      shown,
      growthMb: (highest - before) / 2 ** 20,
      seconds: (performance.now() - began) / 1000,
      lateMs: late.percentile(99) / 1e6,
    };
  } finally {
    await engine.close();
  }
}

async function carryOut(
  engine: TestEngine,
  { host, script, terminal = false }: VolumeTask,
  show: (text: string) => void,
): Promise<RunState> {
  const there = `one: { address: 127.0.0.1, platform: linux, port: ${String(host?.port)}, user: ${host?.user ?? ''} }`;
  const inventory = host === undefined ? LOCAL_INVENTORY : `inventory: v1\nenvironment: trial\nhosts:\n  ${there}\nroles:\n  app: [one]\n`;
  const plan = await planOf({
    runbooks: {
      'a.runbook.yaml': `${LOCAL_HEAD}\nsteps:\n  - { id: print, on: app, once: true, terminal: ${String(terminal)}, run: '${script}' }\n`,
    },
    inventory,
  });
  const handle = await engine.engine.start({ plan, digest: planDigest(plan), facts: [], approval: 'flag' });
  handle.onOutput(({ text }) => show(text));
  handle.onEvent((event) => {
    if (event.type === 'gate_opened') queueMicrotask(() => handle.answer(event.gate.id, { kind: 'stop' }));
  });
  return handle.finished;
}

process.stdout.write(JSON.stringify(await measure(JSON.parse(process.argv[2] ?? '{}') as VolumeTask)));
