import type * as vscode from 'vscode';
import { createLanguageService } from '../language/index.js';
import { registerCommands } from './commands/commands.js';
import { RUN_COMMANDS } from './commands/runCommands.js';
import { TEXT_COMMANDS } from './commands/textCommands.js';
import { JournaledRuns } from './desktop/journaledRuns.js';
import { liesInside } from './desktop/localFiles.js';
import { pageOfShellCheck, ShellCheckFindings } from './desktop/shellCheckFindings.js';
import { documentationOf, editorWorkspace } from './documents.js';
import { announceGates } from './runs/gateNotices.js';
import { interruptedNotice } from './runs/interruptedNotice.js';
import { RunController } from './runs/runController.js';
import { StoredSecrets } from './runs/storedSecrets.js';
import { provideTasks } from './tasks/taskProvider.js';
import { HostTerminals } from './terminals/hostTerminals.js';
import { createTextParts } from './textParts.js';
import { ComparisonView } from './compare/comparisonView.js';
import { OutputTexts } from './views/outputTexts.js';
import { PlanPreview } from './views/planPreview.js';
import { ProgressPanel } from './views/progressPanel.js';
import { RunsTree } from './views/runsTree.js';
import { showStatus } from './views/statusBar.js';

let controller: RunController | undefined;

/** Puts the parts together. Nothing is run, and nothing is read but what is open and the journals of runs. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const workspace = editorWorkspace(liesInside);
  const service = createLanguageService({ workspace, documentation: documentationOf(context.extensionUri) });
  const secrets = new StoredSecrets(context.secrets, context.globalState);
  controller = new RunController(service, secrets, context);
  const lastRuns = new JournaledRuns(controller);
  const texts = createTextParts({
    context,
    workspace,
    service,
    scripts: new ShellCheckFindings(),
    otherPages: pageOfShellCheck,
    shownRuns: controller,
    lastRuns,
    plansAsText: true,
  });
  const preview = new PlanPreview();
  const comparison = new ComparisonView();
  const terminals = new HostTerminals(controller);
  const panel = new ProgressPanel(controller, terminals, context.extensionUri);
  const runs = new RunsTree(controller);
  const outputs = new OutputTexts();
  const parts = { ...texts, controller, secrets, terminals, panel, preview, comparison, runs, outputs };
  context.subscriptions.push(
    controller,
    lastRuns,
    terminals,
    panel,
    preview.register(),
    comparison.register(),
    runs.register(),
    outputs.register(),
    showStatus(controller),
    announceGates(controller, panel),
    provideTasks(controller, () => panel.show()),
    registerCommands(TEXT_COMMANDS, texts),
    registerCommands(RUN_COMMANDS, parts),
  );
  const tellInterrupted = interruptedNotice(context.globalState);
  context.subscriptions.push(controller.onDidInterrupt(() => void tellInterrupted().catch(() => undefined)));
  await controller.restore();
  // The window need not wait for every journal; where they cannot be read, the view of runs says so.
  tellInterrupted().catch(() => undefined);
}

/** The run can be resumed when the window is open again. */
export async function deactivate(): Promise<void> {
  await controller?.letGo();
}
