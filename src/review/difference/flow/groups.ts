import { PartPair } from '../steps/partPair.js';
import type { World } from '../steps/partPair.js';
import { compareNotes } from '../steps/texts.js';
import { beforeAfter, quoted } from '../words.js';
import { nameOf } from './act.js';
import type { ActGroup } from './act.js';
import type { ActPair } from './match.js';

/** Tells what groups, and steps that use something, say otherwise of their own: values that they pass on, and words for people. */
export function compareGroups(pairs: readonly ActPair[], world: World): void {
  for (const [now, old] of pairedGroups(pairs, world)) {
    const pair = new PartPair(
      world,
      { document: old.document, data: old.step },
      { document: now.document, data: now.step },
      quoted(nameOf(now.step, now.path)),
      now.path,
      'act',
    );
    if (old.step.id !== now.step.id && old.step.id !== undefined && now.step.id !== undefined)
      pair.tell('renamed', `${pair.label} has another id: ${old.step.id} → ${now.step.id}`, 'id');
    if (!pairs.some((acts) => isAbout(acts, old.step, now.step)) && pair.differs('on'))
      pair.tell(
        'hosts-changed',
        `whether ${pair.label} is done hangs on other hosts: ${beforeAfter(pair.before('on'), pair.after('on'))}`,
        'on',
      );
    if (pair.differs('with'))
      pair.tell('value-changed', `values that ${pair.label} passes on: ${beforeAfter(pair.before('with'), pair.after('with'))}`, 'with');
    if (pair.differs('roles'))
      pair.tell(
        'hosts-changed',
        `${pair.label} is followed for other hosts: ${beforeAfter(pair.before('roles'), pair.after('roles'))}`,
        'roles',
      );
    for (const key of ['title', 'impact', 'source'] as const)
      if (pair.differs(key)) pair.tell('text-changed', `${key} of ${pair.label}: ${beforeAfter(pair.before(key), pair.after(key))}`, key);
    compareNotes(pair);
  }
}

/** The step takes its hosts from the group, so a difference is told of there. Else the group only needs any host at all to be done. */
function isAbout({ old, now }: ActPair, was: object, is: object): boolean {
  return old.roles?.step === was || now.roles?.step === is;
}

/** Groups of the same path, else of the same id around the same step. */
function pairedGroups(pairs: readonly ActPair[], world: World): ReadonlyMap<ActGroup, ActGroup> {
  const found = new Map<object, readonly [ActGroup, ActGroup]>();
  for (const { old, now } of pairs)
    for (const group of now.groups) {
      if (found.has(group.step)) continue;
      const partner =
        old.groups.find(({ path }) => path === group.path) ??
        old.groups.find(({ step, document }) => step.id !== undefined && world.names.in(document).of('steps', step.id) === group.step.id);
      if (partner !== undefined) found.set(group.step, [group, partner]);
    }
  return new Map(found.values());
}
