import { createChecker } from '../language/index.js';
import type { Workspace } from '../language/index.js';
import type { RunState } from '../events/index.js';
import { differenceText, draftPlan, planDifference } from '../planner/index.js';
import type { GivenFact } from '../planner/index.js';

/**
 * Whether the files of a run would make another plan now than the one that was approved, in words for people; undefined when they
 * would not, or when nobody can tell (a run that was begun elsewhere).
 */
export async function changedSince(state: RunState, workspace: Workspace): Promise<string | undefined> {
  const { documents, plan } = state;
  if (documents === undefined) return undefined;
  const service = createChecker({ workspace });
  const project = await service.loadProject(documents.runbook);
  const inventory = await workspace.readText(documents.inventory);
  if (project === undefined) return `${documents.runbook} can no longer be read`;
  if (inventory === undefined) return `${documents.inventory} can no longer be read`;
  // What is known now may be so because of the run: what it has upgraded needs no upgrade any more.
  const facts = documents.facts ?? factsNow(state);
  const draft = draftPlan({ project, inventory: service.parseInventory(documents.inventory, inventory), inputs: documents.inputs, facts });
  if (draft.plan === undefined) return `they have errors now: ${draft.problems.map(({ diagnostic }) => diagnostic.message).join('; ')}`;
  const text = differenceText(planDifference(plan, draft.plan));
  return text === '' ? undefined : text;
}

/** Facts as they are known now; for a journal that does not tell which the plan was made with. */
function factsNow(state: RunState): readonly GivenFact[] {
  return Object.entries(state.facts).map(([key, value]) => {
    const [scope = '', fact = '', host = ''] = key.split('|');
    return { scope, fact, value, ...(host === '' ? {} : { host }) };
  });
}
