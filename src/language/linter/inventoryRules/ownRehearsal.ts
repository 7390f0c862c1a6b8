import type { InventoryRule } from '../rule.js';

export const ownRehearsal: InventoryRule = {
  id: 'own-rehearsal',
  family: 'correctness',
  severity: 'error',
  rationale: 'What must first have succeeded here can never begin here.',
  cites: ['capability 52'],
  *check({ inventory, document: { positions } }) {
    const range = positions.value(inventory, 'rehearsed_on');
    if (inventory.rehearsed_on === inventory.environment && range !== undefined)
      yield {
        range,
        message: `"${inventory.environment}" cannot be its own rehearsal; name another environment, or remove "rehearsed_on"`,
      };
  },
};
