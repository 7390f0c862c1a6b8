import type { Command, TextParts } from './command.js';
import { newInventory, newRunbook } from './newRunbook.js';
import { openRunbook } from './openRunbook.js';
import { chooseInventory, previewPlan } from './planning.js';
import { revealStep } from './revealStep.js';

/** What can be done with texts and plans, wherever the editor runs. */
export const TEXT_COMMANDS: readonly Command<TextParts>[] = [
  newRunbook,
  newInventory,
  openRunbook,
  chooseInventory,
  previewPlan,
  revealStep,
];
