import { suggestion } from '../../text/nearest.js';
import type { InventoryRule } from '../rule.js';

export const varsOfUndefinedRole: InventoryRule = {
  id: 'vars-of-undefined-role',
  family: 'correctness',
  severity: 'error',
  rationale: 'Variables of a role that has no hosts here are given to nobody.',
  cites: ['capability 91'],
  *check({ inventory, document: { positions } }) {
    const known = Object.keys(inventory.roles);
    for (const name of Object.keys(inventory.vars ?? {})) {
      const range = positions.key(inventory.vars as object, name);
      if (!known.includes(name) && range !== undefined)
        yield { range, message: `undefined role "${name}"${suggestion(name, known, 'give it hosts under "roles"')}` };
    }
  },
};
