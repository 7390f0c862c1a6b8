import type { InventoryRule } from '../rule.js';

export const repeatedAddress: InventoryRule = {
  id: 'repeated-address',
  family: 'safety',
  severity: 'warning',
  rationale: 'Two names for one machine: it is upgraded twice, while the one that was meant is not upgraded at all.',
  cites: ['capability 76', 'threat T32'],
  *check({ inventory, document: { positions, file } }) {
    const first = new Map<string, { readonly name: string; readonly host: object }>();
    for (const [name, host] of Object.entries(inventory.hosts)) {
      // Only a machine that is logged in to is sure to be one machine: one address may serve several pages.
      if ((host.connection ?? 'ssh') !== 'ssh') continue;
      const place = `${(host.address ?? name).toLowerCase()} ${String(host.port ?? inventory.ssh?.port ?? '')} ${host.jump ?? inventory.ssh?.jump ?? ''}`;
      const earlier = first.get(place);
      const range = positions.value(host, 'address') ?? positions.key(inventory.hosts, name);
      if (earlier === undefined) first.set(place, { name, host });
      else if (range !== undefined) {
        const other = positions.value(earlier.host, 'address') ?? positions.key(inventory.hosts, earlier.name);
        yield {
          range,
          message: `"${name}" and "${earlier.name}" are the same machine; give one of them its own address, or keep one name for it`,
          ...(other === undefined ? {} : { related: [{ file, range: other, message: 'the other one' }] }),
        };
      }
    }
  },
};
