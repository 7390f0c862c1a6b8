import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { driveHeadless, parseEvidence } from '../../../src/cli/headless.js';
import { createLanguageService } from '../../../src/language/index.js';
import { createEngine } from '../../../src/engine/index.js';
import { draftPlan, planSteps } from '../../../src/planner/index.js';
import { fileWorkspace } from '../../../src/cli/workspace.js';
import type { Bench } from './journey.js';

/** What an uninterrupted run does to the lab: which counters each attempt moves, and where they stand in the end. */
export interface Baseline {
  readonly final: Readonly<Record<string, number>>;
  /** By `step target`: counters the step moves, with their value right after it. */
  readonly after: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Steps that may be done again unasked, because that does no harm. */
  readonly harmless: ReadonlySet<string>;
}

/** Runs an example in this process, undisturbed, and watches the counters of the lab. */
export async function baselineOf(bench: Bench): Promise<Baseline> {
  const { journey, example, lab } = bench;
  const service = createLanguageService({ workspace: fileWorkspace });
  const project = await service.loadProject(join(example, journey.runbook));
  if (project === undefined) throw new Error('the example cannot be read');
  const inventoryFile = join(example, journey.inventory);
  const draft = draftPlan({
    project,
    inventory: service.parseInventory(inventoryFile, await readFile(inventoryFile, 'utf8')),
    inputs: {},
    facts: [],
  });
  if (draft.plan === undefined) throw new Error(draft.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  const engine = createEngine({
    stateDirectory: join(bench.directory, 'baseline'),
    version: 'test',
    operator: 'tester',
    baseDirectory: example,
    assertMayAct: () => undefined,
    secret: (name, declared) => Promise.resolve(bench.env[declared.env ?? `RUNBOOK_SECRET_${name.toUpperCase()}`]),
    ssh: {
      knownHosts: [lab.knownHosts],
      identities: [lab.identity],
      useConfig: false,
      trustUnknownKey: () => Promise.resolve(false),
      askSecret: () => Promise.resolve(undefined),
    },
  });
  process.env['PATH'] = bench.env['PATH'];
  const handle = await engine.start({ plan: draft.plan, digest: draft.digest, facts: [], approval: 'flag' });
  const before = new Map<string, Readonly<Record<string, number>>>();
  const after = new Map<string, Readonly<Record<string, number>>>();
  const harmless = new Set<string>();
  handle.onEvent((event, state) => {
    if (event.type !== 'attempt_intended' && event.type !== 'attempt_ended') return;
    const key = `${event.step} ${event.target}`;
    if (event.type === 'attempt_intended') {
      before.set(key, lab.counters());
      return;
    }
    const was = before.get(key) ?? {};
    after.set(key, Object.fromEntries(Object.entries(lab.counters()).filter(([counter, value]) => value !== was[counter])));
    if (planSteps(state.plan).find((step) => step.path === event.step)?.action === 'upload') harmless.add(key);
  });
  driveHeadless(handle, parseEvidence(await readFile(join(example, journey.evidence), 'utf8'), join(example, journey.evidence)));
  const state = await handle.finished;
  if (state.status !== 'succeeded') throw new Error(`the undisturbed run ${state.status}: ${state.closing ?? ''}`);
  return { final: lab.counters(), after, harmless };
}
