import type { Runbook } from '../../../language/index.js';
import { isSame, meaningOfProbe } from '../meaning.js';
import type { World } from '../steps/partPair.js';
import { judgeProbe } from '../steps/probes.js';
import { secretsIn } from '../steps/secrets.js';
import { beforeAfter, quoted, short } from '../words.js';
import { atList } from './advisories.js';
import { declaredIn } from './documents.js';
import type { Declared } from './documents.js';

type Invariant = NonNullable<Runbook['invariants']>[number];

/** What must hold at certain moments. Invariants are known by their titles, else by what they ask. */
export function compareInvariants(world: World): void {
  const { names, recorder } = world;
  const rest = [...declaredIn(world.now, 'invariants')];
  const take = (matches: (item: Invariant) => boolean): Declared | undefined => {
    const at = rest.findIndex(({ written }) => matches(written as Invariant));
    return at < 0 ? undefined : rest.splice(at, 1)[0];
  };
  for (const old of declaredIn(world.old, 'invariants')) {
    const before = names.in(old.spot.document).renamed(old.written) as Invariant;
    const probe = meaningOfProbe(before.holds);
    const found =
      take((item) => item.title === before.title && isSame(probe, meaningOfProbe(item.holds))) ??
      take((item) => item.title !== undefined && item.title === before.title) ??
      take((item) => isSame(probe, meaningOfProbe(item.holds)));
    if (found !== undefined) compareInvariant(old, before, found, world);
    else
      recorder.add('check-removed', `the invariant ${label(before)} is gone`, {
        old: old.spot,
        now: atList(world, 'invariants'),
        about: 'invariants',
      });
  }
  for (const { spot, written } of rest) {
    recorder.add('safeguard-added', `the invariant ${label(written as Invariant)} is new`, { now: spot, about: 'invariants' });
    for (const secret of secretsIn(written))
      recorder.add('secret-reachable', `the invariant ${label(written as Invariant)} sees the secret ${quoted(secret)}`, {
        now: spot,
        about: `secrets.${secret}`,
      });
  }
}

function compareInvariant(old: Declared, before: Invariant, now: Declared, { recorder }: World): void {
  const after = now.written as Invariant;
  const spots = (key: keyof Invariant): { old: Declared['spot']; now: Declared['spot']; about: string } => ({
    old: memberOf(old, key),
    now: memberOf(now, key),
    about: key,
  });
  const verdict = judgeProbe(meaningOfProbe(before.holds), meaningOfProbe(after.holds));
  const what = `what the invariant ${label(after)} asks: ${beforeAfter(before.holds, after.holds)}`;
  if (verdict === 'stronger') recorder.add('safeguard-added', what, spots('holds'));
  else if (verdict !== 'same') recorder.add(verdict === 'weaker' ? 'check-weakened' : 'check-changed', what, spots('holds'));
  const [was, is] = [[before.at].flat(), [after.at].flat()];
  const gone = was.filter((moment) => !is.includes(moment));
  if (gone.length > 0)
    recorder.add('check-weakened', `the invariant ${label(after)} is no longer asked at: ${gone.join(', ')}`, spots('at'));
  else if (is.length > was.length) recorder.add('safeguard-added', `the invariant ${label(after)} is asked more often`, spots('at'));
  for (const key of ['title', 'because'] as const)
    if (before[key] !== after[key])
      recorder.add('text-changed', `${key} of the invariant ${label(after)}: ${beforeAfter(before[key], after[key])}`, spots(key));
  for (const secret of secretsIn(after))
    if (!secretsIn(before).includes(secret))
      recorder.add('secret-reachable', `the invariant ${label(after)} can now see the secret ${quoted(secret)}`, {
        ...spots('holds'),
        about: `secrets.${secret}`,
      });
}

function memberOf({ spot, written }: Declared, key: string): Declared['spot'] {
  const container = written as object;
  return { ...spot, container, ...(Object.hasOwn(container, key) ? { key } : {}) };
}

function label({ title, holds }: Invariant): string {
  return quoted(title ?? short(holds));
}
