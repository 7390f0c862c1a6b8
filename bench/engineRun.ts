import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, readRun } from '../src/engine/index.js';
import type { SshOptions } from '../src/engine/index.js';
import type { RunEvent } from '../src/events/index.js';
import { planDigest } from '../src/planner/index.js';
import type { Plan } from '../src/planner/index.js';
import { planOf } from '../test/support/drafting.js';
import { inventoryOf, trivialRunbook } from './documents.js';

/** Runs a runbook of trivial steps with the engine. Returns ms for one step, from the first attempt's intent to the last one's end. */
export async function engineTimePerStep(steps: number, host: string, ssh: SshOptions): Promise<number> {
  const plan = await planOf({ runbooks: { 'a.runbook.yaml': trivialRunbook(steps) }, inventory: inventoryOf(host) });
  return (await engineTime(plan, ssh)) / steps;
}

/** Carries a plan of trivial steps out. Returns ms, from the first attempt's intent to the last one's end. */
export async function engineTime(plan: Plan, ssh: SshOptions): Promise<number> {
  let first = 0;
  let last = 0;
  await carriedOut(plan, ssh, ({ type }) => {
    if (type === 'attempt_intended' && first === 0) first = performance.now();
    if (type === 'attempt_ended') last = performance.now();
  });
  return last - first;
}

/** Carries a plan of trivial steps out. Returns ms for the whole run, the opening of connections included. */
export async function wholeRunTime(plan: Plan, ssh: SshOptions): Promise<number> {
  const started = performance.now();
  await carriedOut(plan, ssh, () => undefined);
  return performance.now() - started;
}

/** The events of a run with one trivial local step. */
export async function trivialEvents(): Promise<readonly RunEvent[]> {
  const inventory = inventoryOf('{ connection: local, platform: linux }');
  return carriedOut(await planOf({ runbooks: { 'a.runbook.yaml': trivialRunbook(1) }, inventory }), NO_SSH, () => undefined);
}

/** Answers with the journal. */
async function carriedOut(plan: Plan, ssh: SshOptions, seen: (event: RunEvent) => void): Promise<readonly RunEvent[]> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  try {
    const engine = createEngine({
      stateDirectory: join(directory, 'state'),
      version: 'bench',
      operator: 'bench',
      baseDirectory: directory,
      assertMayAct: () => undefined,
      secret: () => Promise.resolve(undefined),
      ssh,
    });
    const handle = await engine.start({ plan, digest: planDigest(plan), facts: [], approval: 'flag' });
    handle.onEvent((event) => {
      seen(event);
      if (event.type === 'gate_opened') handle.stop('a trivial step did not succeed').catch(() => undefined);
    });
    const state = await handle.finished;
    if (state.status !== 'succeeded')
      throw new Error(
        `the run ended as ${state.status}: ${state.closing ?? ''}\n${JSON.stringify(state.closedGates.at(-1) ?? state.steps)}`,
      );
    return readRun(join(directory, 'state'), handle.run).events;
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** SSH options that know nobody. */
export const NO_SSH: SshOptions = {
  knownHosts: [],
  identities: [],
  useConfig: false,
  trustUnknownKey: () => Promise.resolve(false),
  askSecret: () => Promise.resolve(undefined),
};
