import type { Inventory } from '../../../language/index.js';
import { isSame } from '../meaning.js';
import { beforeAfter, quoted } from '../words.js';
import type { InventoryPair } from './inventoryPair.js';

type Host = Inventory['hosts'][string];

const CONNECTION = ['address', 'platform', 'connection', 'user', 'port', 'jump'] as const;

/** Which hosts there are, how they are reached, and the key that each must show. */
export function compareHosts(pair: InventoryPair): void {
  const { old, now } = pair;
  for (const name of Object.keys(now.hosts))
    if (!Object.hasOwn(old.hosts, name))
      pair.tell('hosts-widened', `the host ${quoted(name)} is new`, { in: undefined, key: name }, { in: now.hosts, key: name });
  for (const [name, before] of Object.entries(old.hosts)) {
    const after = now.hosts[name];
    if (after === undefined)
      pair.tell(
        'hosts-narrowed',
        `the host ${quoted(name)} is gone`,
        { in: old.hosts, key: name },
        { in: undefined, key: name },
        {
          nearest: { document: pair.nowDocument, container: now, key: 'hosts' },
        },
      );
    else compareHost(pair, name, before, after);
  }
  compareDefaults(pair);
}

function compareHost(pair: InventoryPair, name: string, before: Host, after: Host): void {
  const nearest = { document: pair.nowDocument, container: pair.now.hosts, key: name };
  for (const key of CONNECTION) {
    const [was, is] = [valueOf(name, before, key), valueOf(name, after, key)];
    if (was !== is)
      pair.tell(
        'connection-changed',
        `the host ${quoted(name)} is reached in another way: ${key}: ${beforeAfter(was, is)}`,
        { in: before, key },
        { in: after, key },
        { nearest },
      );
  }
  if (before.host_key !== after.host_key) {
    const isNew = before.host_key === undefined;
    const what = `the key that the host ${quoted(name)} must show: ${beforeAfter(before.host_key, after.host_key)}`;
    pair.tell(
      isNew ? 'safeguard-added' : 'host-key-changed',
      what,
      { in: before, key: 'host_key' },
      { in: after, key: 'host_key' },
      { nearest },
    );
  }
  for (const key of new Set([...Object.keys(before.vars ?? {}), ...Object.keys(after.vars ?? {})]))
    if (!isSame(before.vars?.[key], after.vars?.[key]))
      pair.tell(
        'value-changed',
        `${key} of the host ${quoted(name)}: ${beforeAfter(before.vars?.[key], after.vars?.[key])}`,
        { in: before.vars, key },
        { in: after.vars, key },
        { nearest },
      );
}

/** What counts where nothing is written; `ssh` of the whole inventory is compared by itself. */
function valueOf(name: string, host: Host, key: (typeof CONNECTION)[number]): string | number | undefined {
  const written = host[key];
  if (written !== undefined) return written;
  return key === 'address' ? name : key === 'platform' ? 'linux' : key === 'connection' ? 'ssh' : undefined;
}

function compareDefaults(pair: InventoryPair): void {
  for (const key of ['user', 'port', 'jump'] as const) {
    const [before, after] = [pair.old.ssh?.[key], pair.now.ssh?.[key]];
    if (before !== after)
      pair.tell(
        'connection-changed',
        `every host that does not say otherwise is reached with another ${key}: ${beforeAfter(before, after)}`,
        { in: pair.old.ssh, key },
        { in: pair.now.ssh, key },
      );
  }
}
