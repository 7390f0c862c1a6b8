import type { Inventory } from '../../../../src/language/index.js';
import type { Weakener, Weakening } from './weakenings.js';

/** Every weakening of an inventory that has a kind. */
export function* inventoryWeakenings(weakener: Weakener): Generator<Weakening> {
  const inventory = weakener.data as unknown as Inventory;
  yield* ofLimits(weakener, inventory);
  yield* ofHosts(weakener, inventory);
  const [host] = Object.keys(inventory.hosts);
  yield weakener.with(['secrets'], { ...inventory.secrets, new_one: { kept_on: host } }, 'kept on a host', 'secret-reachable');
  for (const name of Object.keys(inventory.secrets ?? {})) yield weakener.without(['secrets', name], 'kept nowhere', 'declaration-changed');
  for (const [name, value] of Object.entries(inventory.inputs ?? {}))
    yield weakener.with(['inputs', name], `${String(value)}9`, 'another input', 'value-changed');
  for (const [role, values] of Object.entries(inventory.vars ?? {}))
    for (const name of Object.keys(values)) yield weakener.without(['vars', role, name], 'variable removed', 'value-changed');
}

function* ofLimits(weakener: Weakener, inventory: Inventory): Generator<Weakening> {
  const { windows = [], blackouts = [], approvers = [] } = inventory;
  if (windows.length > 0) yield weakener.without(['windows'], 'windows removed', 'window-removed');
  const all = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' };
  if (windows.length > 0) yield weakener.with(['windows'], [...windows, all], 'window added', 'window-removed');
  for (const index of windows.keys()) yield weakener.with(['windows', index], all, 'window widened', 'window-removed');
  for (const index of blackouts.keys()) yield weakener.without(['blackouts', index], 'blackout removed', 'blackout-removed');
  if (approvers.length > 0) yield weakener.without(['approvers'], 'approvers removed', 'gate-weakened');
  if (approvers.length > 0) yield weakener.with(['approvers'], [...approvers, 'Eve Adams'], 'approver added', 'gate-weakened');
  if (inventory.rehearsed_on !== undefined) yield weakener.without(['rehearsed_on'], 'rehearsal removed', 'rehearsal-removed');
  if (inventory.production === true) yield weakener.without(['production'], 'production dropped', 'production-dropped');
  yield weakener.with(['environment'], 'elsewhere', 'renamed environment', 'rehearsal-removed');
}

function* ofHosts(weakener: Weakener, inventory: Inventory): Generator<Weakening> {
  yield weakener.with(['hosts', 'another.example.com'], {}, 'host added', 'hosts-widened');
  for (const [name, host] of Object.entries(inventory.hosts)) {
    yield weakener.with(['hosts', name, 'address'], '192.0.2.7', 'other address', 'connection-changed');
    yield weakener.with(['hosts', name, 'user'], 'somebody', 'other user', 'connection-changed');
    if (host.host_key !== undefined) yield weakener.without(['hosts', name, 'host_key'], 'key removed', 'host-key-changed');
  }
  yield weakener.with(['ssh'], { ...inventory.ssh, user: 'nobody' }, 'other user for all', 'connection-changed');
  for (const [role, hosts] of Object.entries(inventory.roles)) {
    const other = Object.keys(inventory.hosts).find((host) => !hosts.includes(host));
    if (other !== undefined) yield weakener.with(['roles', role], [...hosts, other], 'host in a role', 'hosts-widened');
    if (hosts.length > 1) yield weakener.with(['roles', role], [...hosts].reverse(), 'other order', 'host-order-changed');
  }
}
