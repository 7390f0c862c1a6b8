import type { InventoryRule } from '../rule.js';

export const repeatedHost: InventoryRule = {
  id: 'repeated-host',
  family: 'correctness',
  severity: 'error',
  rationale: 'A host that stands twice in a role would be counted, and perhaps upgraded, twice.',
  cites: ['capability 76'],
  *check({ inventory, document: { positions } }) {
    for (const [role, hosts] of Object.entries(inventory.roles)) {
      for (const [index, name] of hosts.entries()) {
        const range = positions.value(hosts, index);
        if (hosts.indexOf(name) < index && range !== undefined)
          yield { range, message: `host "${name}" stands twice in role "${role}"; remove one` };
      }
    }
  },
};
