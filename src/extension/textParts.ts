import type * as vscode from 'vscode';
import type { LanguageService, Workspace } from '../language/index.js';
import type { TextParts } from './commands/command.js';
import { Inventories } from './inventories/inventories.js';
import { showInventory } from './inventories/inventoryStatus.js';
import { registerLanguageFeatures } from './languageFeatures/languageFeatures.js';
import { Plans } from './plans/plans.js';
import { PlanView } from './plans/planView.js';
import { LateProblems } from './problems/lateProblems.js';
import type { OtherPages } from './problems/rulePages.js';
import type { ScriptFindings } from './problems/scriptFindings.js';
import type { LastRuns } from './runs/lastRuns.js';
import type { ShownRuns } from './runs/shownRuns.js';
import { CurrentRunbook } from './views/currentRunbook.js';
import { StepsTree } from './views/stepsTree.js';

/** What differs between a desktop and a browser, as far as texts and plans are concerned. */
export interface Surroundings {
  readonly context: vscode.ExtensionContext;
  readonly workspace: Workspace;
  readonly service: LanguageService;
  readonly scripts: ScriptFindings;
  readonly otherPages?: OtherPages;
  readonly shownRuns: ShownRuns;
  readonly lastRuns: LastRuns;
  /** Plans can be shown as the command line writes them, too. */
  readonly plansAsText?: boolean;
}

/** Puts together what is the same wherever the editor runs: the language, problems, the tree of steps and plans. It ends with the extension. */
export function createTextParts({
  context,
  workspace,
  service,
  scripts,
  otherPages,
  shownRuns,
  plansAsText = false,
  lastRuns,
}: Surroundings): TextParts {
  const inventories = new Inventories(context.workspaceState);
  const plans = new Plans(service, inventories);
  const current = new CurrentRunbook();
  const planView = new PlanView({ plans, inventories, service, extension: context.extensionUri, asText: plansAsText });
  const problems = new LateProblems({
    workspace,
    scripts,
    extension: context.extensionUri,
    ...(otherPages === undefined ? {} : { otherPages }),
  });
  const steps = new StepsTree(service, shownRuns, current, inventories, plans);
  context.subscriptions.push(
    inventories,
    plans,
    current,
    planView,
    showInventory(inventories, current),
    problems,
    registerLanguageFeatures(service, problems, { plans, lastRuns }),
    steps.register(),
  );
  return { service, workspace, inventories, plans, planView, current, steps, shownRuns };
}
