import type * as vscode from 'vscode';
import { createLanguageService } from '../language/index.js';
import { registerCommands } from './commands/commands.js';
import { documentationOf, editorWorkspace } from './documents.js';
import { Inventories } from './inventories/inventories.js';
import { registerLanguageFeatures } from './languageFeatures/languageFeatures.js';
import { Problems } from './problems/problems.js';
import { RulePages } from './problems/rulePages.js';
import { announceGates } from './runs/gateNotices.js';
import { tellInterrupted } from './runs/interruptedNotice.js';
import { RunController } from './runs/runController.js';
import { StoredSecrets } from './runs/storedSecrets.js';
import { provideTasks } from './tasks/taskProvider.js';
import { HostTerminals } from './terminals/hostTerminals.js';
import { CurrentRunbook } from './views/currentRunbook.js';
import { ComparisonView } from './compare/comparisonView.js';
import { PlanPreview } from './views/planPreview.js';
import { ProgressPanel } from './views/progressPanel.js';
import { RunsTree } from './views/runsTree.js';
import { showStatus } from './views/statusBar.js';
import { StepsTree } from './views/stepsTree.js';

let controller: RunController | undefined;

/** Puts the parts together. Nothing is run, and nothing is read but what is open and the journals of runs. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const service = createLanguageService({ workspace: editorWorkspace, documentation: documentationOf(context.extensionUri) });
  const secrets = new StoredSecrets(context.secrets, context.globalState);
  const inventories = new Inventories(context.workspaceState);
  const current = new CurrentRunbook();
  const preview = new PlanPreview();
  controller = new RunController(service, secrets, context);
  const comparison = new ComparisonView();
  const problems = new Problems(new RulePages(context.extensionUri));
  const terminals = new HostTerminals(controller);
  const panel = new ProgressPanel(controller, terminals, context.extensionUri);
  const steps = new StepsTree(service, controller, current, inventories);
  const runs = new RunsTree(controller);
  context.subscriptions.push(
    controller,
    inventories,
    current,
    terminals,
    panel,
    problems,
    registerLanguageFeatures(service, problems),
    preview.register(),
    comparison.register(),
    steps.register(),
    runs.register(),
    showStatus(controller),
    announceGates(controller, panel),
    provideTasks(controller, () => panel.show()),
    registerCommands({ service, controller, secrets, inventories, current, terminals, panel, preview, comparison, steps, runs }),
  );
  const told = context.globalState;
  context.subscriptions.push(controller.onDidInterrupt(() => void tellInterrupted(told).catch(() => undefined)));
  await controller.restore();
  // The window need not wait for every journal; where they cannot be read, the view of runs says so.
  tellInterrupted(told).catch(() => undefined);
}

/** The run can be resumed when the window is open again. */
export async function deactivate(): Promise<void> {
  await controller?.letGo();
}
