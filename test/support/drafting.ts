import { createChecker } from '../../src/language/index.js';
import { draftPlan } from '../../src/planner/index.js';
import type { Draft, GivenFact, Plan, PlainValue } from '../../src/planner/index.js';

export interface Documents {
  /** Text by file name; the first is the runbook that is run. */
  readonly runbooks: Readonly<Record<string, string>>;
  readonly inventory: string;
  readonly inputs?: Readonly<Record<string, PlainValue>>;
  readonly facts?: readonly GivenFact[];
}

/** Plans documents that exist only in memory. */
export async function draft(documents: Documents): Promise<Draft> {
  const files = Object.fromEntries(Object.entries(documents.runbooks).map(([name, text]) => [`/work/${name}`, text]));
  const service = createChecker({ workspace: { readText: (file) => Promise.resolve(files[file]) } });
  const project = await service.loadProject(Object.keys(files)[0] ?? '');
  if (project === undefined) throw new Error('no runbook');
  return draftPlan({
    project,
    inventory: service.parseInventory('/work/x.inventory.yaml', documents.inventory),
    inputs: documents.inputs ?? {},
    facts: documents.facts ?? [],
  });
}

/** The plan of documents that must be sound. */
export async function planOf(documents: Documents): Promise<Plan> {
  const made = await draft(documents);
  if (made.plan === undefined) throw new Error(made.problems.map((problem) => `${problem.file}: ${problem.diagnostic.message}`).join('\n'));
  return made.plan;
}
