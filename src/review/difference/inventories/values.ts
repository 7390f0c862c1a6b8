import { isSame } from '../meaning.js';
import { beforeAfter, quoted } from '../words.js';
import type { InventoryPair } from './inventoryPair.js';

/** Values of inputs and variables, where secrets are kept, and what the environment is called. */
export function compareInventoryValues(pair: InventoryPair): void {
  const { old, now } = pair;
  for (const name of keysOf(old.inputs, now.inputs))
    if (!isSame(old.inputs?.[name], now.inputs?.[name]))
      pair.tell(
        'value-changed',
        `the input ${quoted(name)}: ${beforeAfter(old.inputs?.[name], now.inputs?.[name])}`,
        { in: old.inputs, key: name },
        { in: now.inputs, key: name },
      );
  for (const role of keysOf(old.vars, now.vars)) {
    const [before, after] = [old.vars?.[role], now.vars?.[role]];
    for (const name of keysOf(before, after))
      if (!isSame(before?.[name], after?.[name]))
        pair.tell(
          'value-changed',
          `${name} of the role ${quoted(role)}: ${beforeAfter(before?.[name], after?.[name])}`,
          { in: before, key: name },
          { in: after, key: name },
          { about: `${role}.${name}` },
        );
  }
  compareKeeping(pair);
  if (old.environment !== now.environment)
    pair.tellTop(
      'rehearsal-removed',
      `the environment is called otherwise: ${beforeAfter(old.environment, now.environment)}; what was rehearsed on it counts for another one`,
      'environment',
    );
  if (old.title !== now.title) pair.tellTop('text-changed', `title of the environment: ${beforeAfter(old.title, now.title)}`, 'title');
}

/** A host that keeps a secret can see it, and a run that disrupts it locks itself out. */
function compareKeeping(pair: InventoryPair): void {
  const [old, now] = [pair.old.secrets ?? {}, pair.now.secrets ?? {}];
  for (const name of keysOf(old, now)) {
    const [before, after] = [old[name]?.kept_on, now[name]?.kept_on];
    if (before === after) continue;
    const places = [
      { in: pair.old.secrets, key: name },
      { in: pair.now.secrets, key: name },
    ] as const;
    if (after === undefined)
      pair.tell(
        'declaration-changed',
        `nothing is said any more of where the secret ${quoted(name)} is kept; before: ${before ?? ''}`,
        ...places,
        { danger: 'dangerous' },
      );
    else pair.tell('secret-reachable', `the secret ${quoted(name)} is kept on: ${beforeAfter(before, after)}`, ...places);
  }
}

function keysOf(old: object | undefined, now: object | undefined): readonly string[] {
  return [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
}
