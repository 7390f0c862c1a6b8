import type { Advisory, Runbook } from '../../../language/index.js';
import { isSame } from '../meaning.js';
import type { World } from '../steps/partPair.js';
import { beforeAfter, quoted, short } from '../words.js';
import { declaredIn } from './documents.js';
import type { Declared } from './documents.js';
import { pairDeclarations } from './pair.js';

const DEMANDS = ['nothing', 'acknowledgement', 'stop'] as const;

/** What a vendor warns of, and in which cases. */
export function compareAdvisories(world: World): void {
  const { recorder, names } = world;
  const old = declaredIn(world.old, 'advisories');
  const { pairs, removed, added } = pairDeclarations(old, declaredIn(world.now, 'advisories'), names);
  for (const { spot, written } of removed)
    recorder.add('advisory-removed', `the advisory ${label(written as Advisory)} is gone`, {
      old: spot,
      now: atList(world, 'advisories'),
      about: 'advisories',
    });
  for (const { spot, written } of added)
    recorder.add('safeguard-added', `the advisory ${label(written as Advisory)} is new`, { now: spot, about: 'advisories' });
  for (const pair of pairs) comparePair(pair.old, pair.now, world);
}

function comparePair(old: Declared, now: Declared, { recorder, names }: World): void {
  const [before, after] = [names.in(old.spot.document).renamed(old.written) as Advisory, now.written as Advisory];
  const keys = (key: keyof Advisory): { old: Declared['spot']; now: Declared['spot']; about: string } => ({
    old: spotOf(old, key),
    now: spotOf(now, key),
    about: key,
  });
  if (old.name !== now.name) recorder.add('renamed', `the advisory ${label(after)} has another id: ${old.name} → ${now.name}`, keys('id'));
  const [was, is] = [DEMANDS.indexOf(before.demands ?? 'nothing'), DEMANDS.indexOf(after.demands ?? 'nothing')];
  if (was !== is) {
    const what = `the advisory ${label(after)} demands: ${beforeAfter(DEMANDS[was], DEMANDS[is])}`;
    recorder.add(is < was ? 'advisory-weakened' : 'safeguard-added', what, keys('demands'));
  }
  for (const key of ['when', 'unsure_when'] as const) {
    if (isSame(before[key], after[key])) continue;
    const what = `the advisory ${label(after)} applies in other cases: ${short(before[key] ?? 'always')} → ${short(after[key] ?? 'always')}`;
    recorder.add(key === 'when' && after.when === undefined ? 'safeguard-added' : 'advisory-narrowed', what, keys(key));
  }
  for (const key of ['severity', 'text', 'title', 'link', 'ask', 'source'] as const)
    if (!isSame(before[key], after[key]))
      recorder.add(
        key === 'ask' || key === 'text' ? 'instruction-changed' : 'text-changed',
        `${key} of the advisory ${label(after)}: ${beforeAfter(before[key], after[key])}`,
        keys(key),
      );
}

function spotOf({ spot, written }: Declared, key: string): Declared['spot'] {
  return { ...spot, container: written as object, ...(Object.hasOwn(written as object, key) ? { key } : {}) };
}

/** Where an item that is gone would stand: at its list, else at the head of the runbook. */
export function atList({ now: { root } }: World, section: keyof Runbook): Declared['spot'] {
  return { document: root, container: root.value, ...(root.value?.[section] === undefined ? {} : { key: section }) };
}

function label({ id, title }: Advisory): string {
  return quoted(title ?? id);
}
