import type { Diagnostic } from '../diagnostic.js';
import type { ParsedInventory } from '../project.js';
import { distinct, findingsOf } from './findings.js';
import { INVENTORY_RULES } from './inventoryRules/index.js';

/** Applies every rule to an inventory by itself. */
export function lintInventory(document: ParsedInventory): readonly Diagnostic[] {
  const inventory = document.value;
  if (inventory === undefined) return [];
  return distinct(INVENTORY_RULES.flatMap((rule, index) => findingsOf(rule, index, rule.check({ document, inventory }))));
}
