import { suggestion } from '../../text/nearest.js';
import type { Range } from '../../text/range.js';
import type { Finding, InventoryRule } from '../rule.js';

export const undefinedHost: InventoryRule = {
  id: 'undefined-host',
  family: 'correctness',
  severity: 'error',
  rationale: 'A role, a jump or a secret that names a host which is not in the inventory reaches nothing.',
  cites: ['capability 37', 'threat T32'],
  *check({ inventory, document: { positions } }) {
    const known = Object.keys(inventory.hosts);
    const look = function* (name: string | undefined, range: Range | undefined): Generator<Finding> {
      if (name === undefined || range === undefined || known.includes(name)) return;
      yield { range, message: `undefined host "${name}"${suggestion(name, known, 'declare it under "hosts"')}` };
    };
    for (const hosts of Object.values(inventory.roles)) {
      for (const [index, name] of hosts.entries()) yield* look(name, positions.value(hosts, index));
    }
    for (const secret of Object.values(inventory.secrets ?? {})) yield* look(secret.kept_on, positions.value(secret, 'kept_on'));
    if (inventory.ssh !== undefined) yield* look(inventory.ssh.jump, positions.value(inventory.ssh, 'jump'));
    for (const [name, host] of Object.entries(inventory.hosts)) {
      yield* look(host.jump, positions.value(host, 'jump'));
      const range = positions.value(host, 'jump');
      if (host.jump === name && range !== undefined)
        yield { range, message: `host "${name}" is reached through itself; name another host, or remove "jump"` };
    }
  },
};
