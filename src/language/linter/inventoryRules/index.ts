import type { InventoryRule } from '../rule.js';
import { invalidPeriod } from './invalidPeriod.js';
import { ownRehearsal } from './ownRehearsal.js';
import { repeatedAddress } from './repeatedAddress.js';
import { repeatedHost } from './repeatedHost.js';
import { secretInInventory } from './secretInInventory.js';
import { undefinedHost } from './undefinedHost.js';
import { varsOfUndefinedRole } from './varsOfUndefinedRole.js';

/** Every rule for inventories by themselves; what an inventory must give a runbook is checked when the two are planned together. */
export const INVENTORY_RULES: readonly InventoryRule[] = [
  invalidPeriod,
  ownRehearsal,
  repeatedAddress,
  repeatedHost,
  secretInInventory,
  undefinedHost,
  varsOfUndefinedRole,
];
