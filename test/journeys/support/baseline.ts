import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEvidence } from '../../../src/cli/givenEvidence.js';
import { driveHeadless } from '../../../src/cli/headless.js';
import { createLanguageService } from '../../../src/language/index.js';
import { settleDraft } from '../../../src/engine/index.js';
import { draftPlan, planSteps } from '../../../src/planner/index.js';
import type { Draft, GivenFact } from '../../../src/planner/index.js';
import { fileWorkspace } from '../../../src/cli/workspace.js';
import { attemptKey } from './account.js';
import type { Bench } from './journey.js';
import { labEngine } from './labEngine.js';

/** What an uninterrupted run does to the lab: which counters each attempt moves, and where they stand in the end. */
export interface Baseline {
  readonly final: Readonly<Record<string, number>>;
  /** By `step target`: counters the step moves, with their value right after it. */
  readonly after: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Steps that may be done again unasked: they say so (`retry: {safe: true}`), or a file is only put in its place when it is whole. */
  readonly repeatable: ReadonlySet<string>;
}

/** Runs an example in this process, undisturbed, and watches the counters of the lab. One at a time: it puts its programs on the PATH. */
export async function baselineOf(bench: Bench): Promise<Baseline> {
  const { journey, example, lab } = bench;
  const service = createLanguageService({ workspace: fileWorkspace });
  const project = await service.loadProject(join(example, journey.runbooks[0]));
  if (project === undefined) throw new Error('the example cannot be read');
  const inventoryFile = join(example, journey.inventory);
  const engine = labEngine(bench, join(bench.directory, 'baseline'));
  const inventory = service.parseInventory(inventoryFile, await readFile(inventoryFile, 'utf8'));
  const draftWith = (facts: readonly GivenFact[]): Draft => draftPlan({ project, inventory, inputs: {}, facts });
  const path = process.env['PATH'];
  process.env['PATH'] = bench.env['PATH'];
  const { draft, facts } = await settleDraft(engine, draftWith, [], () => undefined);
  if (draft.plan === undefined) throw new Error(draft.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  const handle = await engine.start({ plan: draft.plan, digest: draft.digest, facts, approval: 'flag' });
  const before = new Map<string, Readonly<Record<string, number>>>();
  const after = new Map<string, Readonly<Record<string, number>>>();
  handle.onEvent((event) => {
    if (event.type !== 'attempt_intended' && event.type !== 'attempt_ended') return;
    const key = attemptKey(event);
    if (event.type === 'attempt_intended') before.set(key, lab.counters());
    else after.set(key, moved(before.get(key) ?? {}, lab.counters(), event.target));
  });
  driveHeadless(handle, bench.evidence === undefined ? undefined : parseEvidence(await readFile(bench.evidence, 'utf8'), bench.evidence), {
    approved: true,
  });
  const state = await handle.finished;
  process.env['PATH'] = path;
  if (state.status !== 'succeeded') throw new Error(`the undisturbed run ${state.status}: ${state.closing ?? ''}`);
  const repeatable = planSteps(draft.plan)
    .filter((step) => step.retry.safe || [step, ...Object.values(step.methods)].some(({ action }) => action === 'upload'))
    .flatMap((step) => step.targets.map(({ key }) => attemptKey({ step: step.path, target: key })));
  return { final: lab.counters(), after, repeatable: new Set(repeatable) };
}

/** Counters a step has moved. Of its own host, where other hosts may move theirs at the same time. */
function moved(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
  target: string,
): Readonly<Record<string, number>> {
  const all = Object.entries(now).filter(([counter, value]) => value !== before[counter]);
  const own = all.filter(([counter]) => counter.startsWith(`${target}.`));
  return Object.fromEntries(own.length > 0 ? own : all);
}
