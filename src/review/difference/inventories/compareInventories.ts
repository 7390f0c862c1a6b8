import type { ParsedInventory } from '../../../language/index.js';
import { inOrder } from '../change.js';
import type { Difference } from '../change.js';
import { Recorder } from '../recorder.js';
import { compareSuppressions } from '../silencing/suppressions.js';
import { quoted } from '../words.js';
import { compareHosts } from './hosts.js';
import { InventoryPair } from './inventoryPair.js';
import { compareLimits } from './limits.js';
import { compareInventoryRoles } from './roles.js';
import { compareInventoryValues } from './values.js';

/** What the change from one state of an inventory to another one means. Either may be absent: the environment is new, or gone. Pure. */
export function compareInventories(old: ParsedInventory | undefined, now: ParsedInventory | undefined): Difference {
  const recorder = new Recorder();
  if (old === undefined || now === undefined) {
    if (now !== undefined)
      recorder.add('document-added', `the inventory ${nameOf(now)} is new: read it as a whole`, { now: { document: now } });
    if (old !== undefined) recorder.add('document-deleted', `the inventory ${nameOf(old)} is gone`, { old: { document: old } });
    return { changes: recorder.changes, limits: [] };
  }
  compareSuppressions([old], [now], recorder);
  if (now.value === undefined)
    recorder.add('document-unreadable', 'the inventory has errors, so what it means cannot be compared; see them with runbook lint', {
      now: { document: now },
    });
  else if (old.value === undefined)
    recorder.add('document-unreadable', 'the old text has errors, so what it meant cannot be compared: read the new one as a whole', {
      old: { document: old },
      now: { document: now },
    });
  else {
    const pair = new InventoryPair(old, old.value, now, now.value, recorder);
    compareLimits(pair);
    compareHosts(pair);
    compareInventoryRoles(pair);
    compareInventoryValues(pair);
  }
  return { changes: inOrder(recorder.changes), limits: [] };
}

function nameOf({ value, file }: ParsedInventory): string {
  return quoted(value?.title ?? value?.environment ?? file.split('/').at(-1) ?? file);
}
