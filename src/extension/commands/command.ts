import type { LanguageService } from '../../language/index.js';
import type { ComparisonView } from '../compare/comparisonView.js';
import type { Inventories } from '../inventories/inventories.js';
import type { RunController } from '../runs/runController.js';
import type { StoredSecrets } from '../runs/storedSecrets.js';
import type { HostTerminals } from '../terminals/hostTerminals.js';
import type { CurrentRunbook } from '../views/currentRunbook.js';
import type { PlanPreview } from '../views/planPreview.js';
import type { ProgressPanel } from '../views/progressPanel.js';
import type { RunsTree } from '../views/runsTree.js';
import type { StepsTree } from '../views/stepsTree.js';

/** The parts of the extension that commands work with. */
export interface Parts {
  readonly service: LanguageService;
  readonly controller: RunController;
  readonly secrets: StoredSecrets;
  readonly inventories: Inventories;
  readonly current: CurrentRunbook;
  readonly terminals: HostTerminals;
  readonly panel: ProgressPanel;
  readonly preview: PlanPreview;
  readonly comparison: ComparisonView;
  readonly steps: StepsTree;
  readonly runs: RunsTree;
}

/** A command: its id, and what it does. What it returns is for those who call it from code. */
export interface Command {
  readonly id: string;
  readonly run: (parts: Parts, ...args: readonly unknown[]) => unknown;
}

/** The member of an argument, where the argument is something that has it: a line of a tree, say. */
export function textMember(argument: unknown, member: string): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as Record<string, unknown>)[member];
  return typeof value === 'string' ? value : undefined;
}
