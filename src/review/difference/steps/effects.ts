import type { Step } from '../../../language/index.js';
import { effectsOf } from '../../../planner/index.js';
import { listed } from '../words.js';
import type { PartPair } from './partPair.js';

/** What a step says that it does to its hosts: orders, lock-outs and undo are judged by it. */
export function compareEffects(pair: PartPair): void {
  compareList(pair, 'effects', effectsOf(pair.old.data), effectsOf(pair.now.data), 'its hosts');
  const [before, after] = [(pair.old.data as Step).stages ?? [], (pair.now.data as Step).stages ?? []];
  compareList(pair, 'stages', before, after, 'its hosts at their next boot');
}

function compareList(pair: PartPair, key: 'effects' | 'stages', before: readonly string[], after: readonly string[], whom: string): void {
  const gone = before.filter((effect) => !after.includes(effect));
  const added = after.filter((effect) => !before.includes(effect));
  if (gone.length > 0)
    pair.tell(
      'effects-removed',
      `${pair.label} no longer says that it does this to ${whom}: ${listed(gone)}; no order protects it then`,
      key,
    );
  if (added.length > 0) pair.tell('effects-added', `${pair.label} now does this to ${whom}: ${listed(added)}`, key);
}
