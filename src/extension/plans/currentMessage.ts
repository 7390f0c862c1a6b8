import type * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import type { PlanProblem } from '../../planner/index.js';
import type { ToPlanPage } from '../../protocol/index.js';
import type { Inventories } from '../inventories/inventories.js';
import { nameOf } from '../inventories/inventories.js';
import type { Plans } from './plans.js';

/** What the view needs of the rest of the extension. */
export interface PlanViewParts {
  readonly plans: Plans;
  readonly inventories: Inventories;
  readonly service: LanguageService;
  /** Folder of the extension. */
  readonly extension: vscode.Uri;
  /** There is a command that shows the plan as a text. */
  readonly asText: boolean;
}

/** What the page is to be told, and the problems it names by their index. */
export interface CurrentMessage {
  readonly message: Exclude<ToPlanPage, { type: 'cursor' }>;
  readonly problems: readonly PlanProblem[];
}

/** The plan of a runbook on its inventory as the texts are now, or why there is none. */
export async function currentMessage(
  runbook: vscode.Uri,
  { plans, inventories, asText }: Pick<PlanViewParts, 'plans' | 'inventories' | 'asText'>,
): Promise<CurrentMessage> {
  const inventory = await inventories.find(runbook);
  const about = { uri: runbook.toString(), runbook: nameOf(runbook) };
  if (inventory === undefined) {
    const why = 'No inventory is chosen. An inventory says which hosts the runbook is carried out on; the plan is for one of them.';
    return { message: { type: 'no_plan', ...about, why, problems: [], broken: [] }, problems: [] };
  }
  const on = { ...about, inventory: nameOf(inventory) };
  const draft = await plans.of(runbook);
  if (draft === undefined) {
    const why = 'The runbook or its inventory cannot be read. Check that both files are still there.';
    return { message: { type: 'no_plan', ...on, why, problems: [], broken: [] }, problems: [] };
  }
  const { planMessage } = await import('./planMessage.js');
  const onlyOne = inventories.chosen(runbook) === undefined;
  return { message: planMessage(draft, { ...on, onlyOne, asText, now: Date.now() }), problems: draft.problems };
}
