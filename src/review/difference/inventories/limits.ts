import { parseInstant } from '../../../language/index.js';
import type { Inventory } from '../../../language/index.js';
import { canonicalJson } from '../../../planner/index.js';
import { beforeAfter, listed, quoted, short } from '../words.js';
import type { InventoryPair } from './inventoryPair.js';

type Period = NonNullable<Inventory['windows']>[number];

/** What keeps people from working on an environment at a wrong time, alone, or unprepared. */
export function compareLimits(pair: InventoryPair): void {
  const { old, now } = pair;
  if ((old.production ?? false) !== (now.production ?? false)) {
    if (now.production === true) pair.tellTop('safeguard-added', 'the environment now counts as production', 'production');
    else
      pair.tellTop(
        'production-dropped',
        'the environment no longer counts as production: its name need not be typed any more',
        'production',
      );
  }
  if (old.rehearsed_on !== now.rehearsed_on) {
    const what = `where a runbook must have succeeded before: ${beforeAfter(old.rehearsed_on, now.rehearsed_on)}`;
    pair.tellTop(old.rehearsed_on === undefined ? 'safeguard-added' : 'rehearsal-removed', what, 'rehearsed_on');
  }
  compareWindows(pair);
  compareBlackouts(pair);
  compareApprovers(pair);
  for (const key of ['windows', 'blackouts'] as const) {
    const { gone, fresh } = differing(old[key], now[key]);
    if (gone.length + fresh.length === 0 && canonicalJson(old[key]) !== canonicalJson(now[key]))
      pair.tellTop('text-changed', `what people read about the ${key} differs`, key);
  }
}

/** Any window that is new, or later or earlier than before, lets work be done when it was not allowed; so does having none at all. */
function compareWindows(pair: InventoryPair): void {
  const { gone, fresh } = differing(pair.old.windows, pair.now.windows);
  const [before, after] = [pair.old.windows?.length ?? 0, pair.now.windows?.length ?? 0];
  if (before > 0 && after === 0)
    pair.tellTop('window-removed', 'there are no maintenance windows any more: work may be done at any time', 'windows');
  else if (before === 0 && after > 0)
    pair.tellTop('safeguard-added', `work may only be done in these windows: ${short(fresh.map(inWords))}`, 'windows');
  else {
    fresh.forEach((period, index) => {
      const replaced = gone[index];
      const what =
        replaced === undefined ? `work may now also be done ${inWords(period)}` : `a window: ${inWords(replaced)} → ${inWords(period)}`;
      pair.tell(
        'window-removed',
        what,
        { in: pair.old.windows, key: replaced === undefined ? -1 : (pair.old.windows ?? []).indexOf(replaced) },
        { in: pair.now.windows, key: (pair.now.windows ?? []).indexOf(period) },
        { about: 'windows' },
      );
    });
    for (const period of gone.slice(fresh.length))
      pair.tellTop('safeguard-added', `work may no longer be done ${inWords(period)}`, 'windows');
  }
}

function compareBlackouts(pair: InventoryPair): void {
  const { gone, fresh } = differing(pair.old.blackouts, pair.now.blackouts);
  gone.forEach((period, index) => {
    const replaced = fresh[index];
    const what =
      replaced === undefined
        ? `work is no longer forbidden ${inWords(period)}`
        : `work is forbidden at other times: ${inWords(period)} → ${inWords(replaced)}`;
    pair.tell(
      'blackout-removed',
      what,
      { in: pair.old.blackouts, key: (pair.old.blackouts ?? []).indexOf(period) },
      { in: pair.now.blackouts, key: replaced === undefined ? -1 : (pair.now.blackouts ?? []).indexOf(replaced) },
      {
        about: 'blackouts',
        ...(pair.now.blackouts === undefined ? {} : { nearest: { document: pair.nowDocument, container: pair.now, key: 'blackouts' } }),
      },
    );
  });
  for (const period of fresh.slice(gone.length)) pair.tellTop('safeguard-added', `work is now forbidden ${inWords(period)}`, 'blackouts');
}

/** Nobody named means anybody but the operator. */
function compareApprovers(pair: InventoryPair): void {
  const [before, after] = [pair.old.approvers ?? [], pair.now.approvers ?? []];
  const fresh = after.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !after.includes(name));
  if (before.length > 0 && after.length === 0)
    pair.tellTop('gate-weakened', `anybody but the operator may approve now; before: ${listed(before)}`, 'approvers');
  else if (before.length === 0 && after.length > 0)
    pair.tellTop('safeguard-added', `only these may approve now: ${listed(after)}`, 'approvers');
  else if (fresh.length > 0) pair.tellTop('gate-weakened', `these may approve now, too: ${listed(fresh.map(quoted))}`, 'approvers');
  else if (gone.length > 0) pair.tellTop('gate-changed', `these may no longer approve: ${listed(gone.map(quoted))}`, 'approvers');
}

function differing(
  old: readonly Period[] = [],
  now: readonly Period[] = [],
): { readonly gone: readonly Period[]; readonly fresh: readonly Period[] } {
  const [before, after] = [new Set(old.map(meaningOf)), new Set(now.map(meaningOf))];
  return { gone: old.filter((period) => !after.has(meaningOf(period))), fresh: now.filter((period) => !before.has(meaningOf(period))) };
}

/** Days have no order; an instant is the same in every offset; UTC is the zone where none is written. What a period is called does not count. */
function meaningOf({ days, from, to, zone }: Period): string {
  if (days === undefined) return canonicalJson({ from: parseInstant(from) ?? from, to: parseInstant(to) ?? to });
  return canonicalJson({ days: [...new Set(days)].sort(), from, to, zone: zone ?? 'UTC' });
}

function inWords({ title, days, from, to, zone }: Period): string {
  const name = title === undefined ? '' : `${quoted(title)} `;
  return days === undefined ? `${name}from ${from} to ${to}` : `${name}on ${days.join(', ')} from ${from} to ${to} ${zone ?? 'UTC'}`;
}
