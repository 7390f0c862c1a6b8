import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { parseEvidence } from '../../../src/cli/givenEvidence.js';
import { driveHeadless } from '../../../src/cli/headless.js';
import { fileWorkspace } from '../../../src/cli/workspace.js';
import { settleDraft } from '../../../src/engine/index.js';
import { createLanguageService } from '../../../src/language/index.js';
import { draftPlan } from '../../../src/planner/index.js';
import type { GivenFact, PlanProblem } from '../../../src/planner/index.js';
import type { Bench } from './journey.js';
import { labEngine } from './labEngine.js';

/** What became of a runbook with and without the proof of its orders. */
export interface Unproven {
  /** What the planner says with the proof, on the same facts. */
  readonly refused: readonly PlanProblem[];
  /** How the run without it ended, and everything it said of failures. */
  readonly status: string;
  readonly said: string;
}

/**
 * Plans the first runbook of a bench with the proof, and carries it out without, in this process and with nobody at the keyboard.
 * One at a time: it puts the programs of the lab on the PATH.
 */
export async function runUnproven(bench: Bench): Promise<Unproven> {
  const { journey, example, lab } = bench;
  const service = createLanguageService({ workspace: fileWorkspace });
  const project = await service.loadProject(join(example, journey.runbooks[0]));
  if (project === undefined) throw new Error('the example cannot be read');
  const inventoryFile = join(example, journey.inventory);
  const inventory = service.parseInventory(inventoryFile, await readFile(inventoryFile, 'utf8'));
  const engine = labEngine(bench, bench.stateDirectory);
  const given = (journey.facts ?? []).map((text): GivenFact => {
    const [fact = '', value = ''] = text.split('=');
    return { scope: 'main', fact, value: value === 'true' };
  });
  const request = { project, inventory, inputs: {} };
  const path = process.env['PATH'];
  process.env['PATH'] = [lab.operatorBin, path ?? ''].join(delimiter);
  try {
    const { draft, facts } = await settleDraft(
      engine,
      (known) => draftPlan({ ...request, facts: known, proof: false }),
      given,
      () => Promise.resolve(undefined),
    );
    if (draft.plan === undefined) throw new Error(draft.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
    const refused = draftPlan({ ...request, facts }).problems;
    const handle = await engine.start({ plan: draft.plan, digest: draft.digest, facts, approval: 'flag' });
    let said = '';
    handle.onOutput((output) => (said += output.text));
    const evidence = bench.evidence === undefined ? undefined : parseEvidence(await readFile(bench.evidence, 'utf8'), bench.evidence);
    const driven = driveHeadless(handle, evidence, { approved: true });
    const { status } = await handle.finished;
    return { refused, status, said: `${said}\n${driven.stoppedFor() ?? ''}` };
  } finally {
    process.env['PATH'] = path;
  }
}
