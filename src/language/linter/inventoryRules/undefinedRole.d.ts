import type { InventoryRule } from '../rule.js';
export declare const undefinedInventoryRole: InventoryRule;
