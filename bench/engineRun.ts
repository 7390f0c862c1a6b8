import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../src/engine/index.js';
import type { SshOptions } from '../src/engine/index.js';
import { planDigest } from '../src/planner/index.js';
import { planOf } from '../test/support/drafting.js';
import { inventoryOf, trivialRunbook } from './documents.js';

/** Runs a runbook of trivial steps with the engine. Returns ms for one step, from the first attempt's intent to the last one's end. */
export async function engineTimePerStep(steps: number, host: string, ssh: SshOptions): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  try {
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': trivialRunbook(steps) }, inventory: inventoryOf(host) });
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
    let first = 0;
    let last = 0;
    handle.onEvent((event) => {
      if (event.type === 'attempt_intended' && first === 0) first = performance.now();
      if (event.type === 'attempt_ended') last = performance.now();
      if (event.type === 'gate_opened') handle.stop('a trivial step did not succeed').catch(() => undefined);
    });
    const state = await handle.finished;
    if (state.status !== 'succeeded')
      throw new Error(
        `the run ended as ${state.status}: ${state.closing ?? ''}\n${JSON.stringify(state.closedGates.at(-1) ?? state.steps)}`,
      );
    return (last - first) / steps;
  } finally {
    rmSync(directory, { recursive: true, force: true });
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
