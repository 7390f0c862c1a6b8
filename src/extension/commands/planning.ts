import * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';
import { nameOf } from '../inventories/inventories.js';
import type { CurrentRunbook } from '../views/currentRunbook.js';
import type { Command, TextParts } from './command.js';

/** Asks for the inventory of the current runbook. Returns its address. */
export const chooseInventory: Command<TextParts> = {
  id: 'runbook.chooseInventory',
  async run({ current, inventories }) {
    if (current.uri === undefined) throw new HumanError('There is no runbook to choose an inventory for.', 'Open a *.runbook.yaml file.');
    return (await inventories.choose(current.uri))?.toString();
  },
};

/** Shows the plan of a runbook beside it, and keeps it true; asks for the inventory where none is in use. Nothing is run. Returns the address of the inventory. */
export const previewPlan: Command<TextParts> = {
  id: 'runbook.previewPlan',
  async run({ current, inventories, planView }, target) {
    const runbook = runbookOf(target, current);
    planView.show(runbook);
    return (await inventories.findOrChoose(runbook))?.toString();
  },
};

/** Shows the plan as a text to be copied, as the command line writes it. Nothing is run or asked. Returns the text. */
export const planAsText: Command = {
  id: 'runbook.planAsText',
  async run({ plans, current, inventories, preview }, target) {
    const runbook = runbookOf(target, current);
    if ((await inventories.findOrChoose(runbook)) === undefined) return undefined;
    const found = await plans.of(runbook);
    if (found === undefined) throw new HumanError('The runbook or its inventory cannot be read.', 'Check that both files are still there.');
    return preview.show(found, nameOf(runbook).replace(/\.runbook\.ya?ml$/, ''));
  },
};

function runbookOf(target: unknown, { uri }: CurrentRunbook): vscode.Uri {
  const runbook = target instanceof vscode.Uri ? target : uri;
  if (runbook === undefined) throw new HumanError('There is no runbook to plan.', 'Open a *.runbook.yaml file.');
  return runbook;
}
