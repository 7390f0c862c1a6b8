import type { Command } from './command.js';
import { compareWith } from './compareWith.js';
import { openOutput } from './openOutput.js';
import { planAsText } from './planning.js';
import { openRun, refreshRuns, resume, stop, takeOver } from './runLife.js';
import { runAll, runFrom, runStep } from './runSteps.js';
import { openTerminal, skipStep } from './stepChoices.js';
import { forgetSecrets, showProgress } from './window.js';

/** What needs a machine of its own: runs with what belongs to them, and earlier states of a repository. */
export const RUN_COMMANDS: readonly Command[] = [
  runAll,
  runStep,
  runFrom,
  stop,
  resume,
  takeOver,
  openTerminal,
  skipStep,
  showProgress,
  planAsText,
  compareWith,
  refreshRuns,
  openRun,
  openOutput,
  forgetSecrets,
];
