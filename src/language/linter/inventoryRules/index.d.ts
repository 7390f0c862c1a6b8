import type { InventoryRule } from '../rule.js';
/** Every rule for inventories by themselves; what an inventory must give a runbook is checked when the two are planned together. */
export declare const INVENTORY_RULES: readonly InventoryRule[];
