import type { Command, TextParts } from './command.js';

/** Writes a runbook from a template, and an inventory for it where the workspace has none. Returns the address of the runbook. */
export const newRunbook: Command<TextParts> = {
  id: 'runbook.newRunbook',
  async run(_parts, folder, choice) {
    const { createRunbook } = await import('./newFiles.js');
    return (await createRunbook(folder, choice))?.toString();
  },
};

/** Writes an inventory for a runbook, with all that it asks for. Returns the address of the inventory. */
export const newInventory: Command<TextParts> = {
  id: 'runbook.newInventory',
  async run({ workspace, inventories, current }, target, choice) {
    const { createInventory } = await import('./newFiles.js');
    const made = await createInventory(workspace, current.uri, target, choice);
    if (made?.runbook !== undefined) await inventories.remember(made.runbook, made.inventory);
    return made?.inventory.toString();
  },
};
