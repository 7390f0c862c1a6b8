import { beforeAfter, listed, quoted } from '../words.js';
import type { InventoryPair } from './inventoryPair.js';

/** Which hosts have which role. Their order counts: roles pick the first or the last, and hosts are worked on one after the other. */
export function compareInventoryRoles(pair: InventoryPair): void {
  const { old, now } = pair;
  const nearest = { document: pair.nowDocument, container: now, key: 'roles' };
  for (const role of new Set([...Object.keys(old.roles), ...Object.keys(now.roles)])) {
    const [before, after] = [old.roles[role] ?? [], now.roles[role] ?? []];
    const fresh = after.filter((host) => !before.includes(host));
    const gone = before.filter((host) => !after.includes(host));
    const places = [
      { in: old.roles, key: role },
      { in: now.roles, key: role },
    ] as const;
    const has = `the role ${quoted(role)} has`;
    if (fresh.length > 0 && gone.length > 0)
      pair.tell('hosts-changed', `${has} other hosts: ${beforeAfter(before, after)}`, ...places, { nearest });
    else if (fresh.length > 0) pair.tell('hosts-widened', `${has} more hosts: ${listed(fresh)}`, ...places, { nearest });
    else if (gone.length > 0) pair.tell('hosts-narrowed', `${has} fewer hosts, without ${listed(gone)}`, ...places, { nearest });
    else if (before.join() !== after.join())
      pair.tell('host-order-changed', `${has} its hosts in another order: ${beforeAfter(before, after)}`, ...places, { nearest });
  }
}
