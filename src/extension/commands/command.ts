import type { LanguageService, Workspace } from '../../language/index.js';
import type { ComparisonView } from '../compare/comparisonView.js';
import type { Inventories } from '../inventories/inventories.js';
import type { RunController } from '../runs/runController.js';
import type { ShownRuns } from '../runs/shownRuns.js';
import type { StoredSecrets } from '../runs/storedSecrets.js';
import type { HostTerminals } from '../terminals/hostTerminals.js';
import type { Plans } from '../plans/plans.js';
import type { PlanView } from '../plans/planView.js';
import type { CurrentRunbook } from '../views/currentRunbook.js';
import type { OutputTexts } from '../views/outputTexts.js';
import type { PlanPreview } from '../views/planPreview.js';
import type { ProgressPanel } from '../views/progressPanel.js';
import type { RunsTree } from '../views/runsTree.js';
import type { StepsTree } from '../views/stepsTree.js';

/** The parts that commands about texts and plans work with: they are in a browser, too. */
export interface TextParts {
  readonly service: LanguageService;
  readonly workspace: Workspace;
  readonly inventories: Inventories;
  readonly plans: Plans;
  readonly planView: PlanView;
  readonly current: CurrentRunbook;
  readonly steps: StepsTree;
  readonly shownRuns: ShownRuns;
}

/** All parts of the extension on a desktop, where runbooks are carried out. */
export interface Parts extends TextParts {
  readonly controller: RunController;
  readonly secrets: StoredSecrets;
  readonly terminals: HostTerminals;
  readonly panel: ProgressPanel;
  readonly preview: PlanPreview;
  readonly comparison: ComparisonView;
  readonly runs: RunsTree;
  readonly outputs: OutputTexts;
}

/** A command: its id, and what it does. What it returns is for those who call it from code. */
export interface Command<P = Parts> {
  readonly id: string;
  readonly run: (parts: P, ...args: readonly unknown[]) => unknown;
}

/** The member of an argument, where the argument is something that has it: a line of a tree, say. */
export function textMember(argument: unknown, member: string): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as Record<string, unknown>)[member];
  return typeof value === 'string' ? value : undefined;
}
