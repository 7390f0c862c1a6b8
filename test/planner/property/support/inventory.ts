import type { Random } from './random.js';
import type { RandomRoles } from './roles.js';

/** An inventory with as many hosts for each role as it may have, some of them Windows, and who is bound to what. */
export function randomInventory(
  random: Random,
  { own, sizes, windows }: RandomRoles,
): { readonly inventory: Readonly<Record<string, unknown>>; readonly hosts: Readonly<Record<string, readonly string[]>> } {
  const hosts: Record<string, readonly string[]> = {};
  const all: Record<string, unknown> = {};
  for (const role of own) {
    const [least, most] = sizes[role] ?? [0, 0];
    const names = Array.from({ length: least + random.below(most - least + 1) }, (_, index) => `${role}_${String(index + 1)}`);
    hosts[role] = random.shuffled(names);
    for (const name of names)
      all[name] = { address: `${name.replace('_', '-')}.example.com`, ...(windows && random.oneIn(3) ? { platform: 'windows' } : {}) };
  }
  // A role may have a host of another one, too.
  const [first = '', second] = own;
  const shared = hosts[first]?.[0];
  if (second !== undefined && shared !== undefined && random.oneIn(6) && (hosts[second]?.length ?? 0) < (sizes[second]?.[1] ?? 0))
    hosts[second] = [...(hosts[second] ?? []), shared];
  all['jump'] = { connection: 'none' };
  return { inventory: { inventory: 'v1', environment: 'rehearsal', hosts: all, roles: hosts }, hosts };
}
