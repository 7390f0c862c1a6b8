import { HumanError } from '../../engine/index.js';
import { draft } from '../runs/draft.js';
import type { Command } from './command.js';

/** Asks for the inventory of the current runbook. Returns its address. */
export const chooseInventory: Command = {
  id: 'runbook.chooseInventory',
  async run({ current, inventories }) {
    if (current.uri === undefined) throw new HumanError('There is no runbook to choose an inventory for.', 'Open a *.runbook.yaml file.');
    return (await inventories.choose(current.uri))?.toString();
  },
};

/** Shows the plan of the current runbook as text. Nothing is run or asked. Returns the text. */
export const previewPlan: Command = {
  id: 'runbook.previewPlan',
  async run({ service, current, inventories, preview }) {
    const { uri } = current;
    if (uri === undefined) throw new HumanError('There is no runbook to plan.', 'Open a *.runbook.yaml file.');
    const inventory = inventories.of(uri) ?? (await inventories.choose(uri));
    if (inventory === undefined) return undefined;
    const found = await draft(service, uri, inventory);
    if (found === undefined) throw new HumanError('The runbook or its inventory cannot be read.', 'Check that both files are still there.');
    return preview.show(found, (uri.path.split('/').at(-1) ?? 'plan').replace(/\.runbook\.ya?ml$/, ''));
  },
};
