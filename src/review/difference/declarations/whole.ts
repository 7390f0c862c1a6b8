import type { Note, Runbook } from '../../../language/index.js';
import { canonicalJson } from '../../../planner/index.js';
import { isSame } from '../meaning.js';
import type { World } from '../steps/partPair.js';
import type { ChangeKind } from '../kinds.js';
import type { Spot } from '../recorder.js';
import { beforeAfter, quoted } from '../words.js';
import { declaredIn, documentsOf } from './documents.js';

const WORDS = ['title', 'tags', 'priority', 'related'] as const;

/** What a runbook says about itself as a whole: its names and remarks, the shared outage, what comes afterwards. */
export function compareWhole(world: World): void {
  const [old, now] = [world.old.root.value, world.now.root.value];
  if (old === undefined || now === undefined) return;
  const tell = (kind: ChangeKind, what: string, key: keyof Runbook): void => {
    const spot = (document: Spot['document'], runbook: Runbook): Spot => ({
      document,
      container: runbook,
      ...(Object.hasOwn(runbook, key) ? { key } : {}),
    });
    world.recorder.add(kind, what, { old: spot(world.old.root, old), now: spot(world.now.root, now), about: key });
  };
  if (old.id !== now.id) tell('renamed', `the runbook has another id: ${beforeAfter(old.id, now.id)}`, 'id');
  for (const key of WORDS)
    if (!isSame(old[key], now[key])) tell('text-changed', `${key} of the runbook: ${beforeAfter(old[key], now[key])}`, key);
  compareOutage(world, tell);
  if (!isSame(old.next, now.next, world.names.in(world.old.root)))
    tell('next-changed', `what comes afterwards: ${beforeAfter(old.next, now.next)}`, 'next');
  compareNotes(world);
}

function compareOutage(world: World, tell: (kind: ChangeKind, what: string, key: keyof Runbook) => void): void {
  const [old, now] = [world.old, world.now].map((project) =>
    documentsOf(project).flatMap(({ meaning }) => (meaning['outage'] === undefined ? [] : [meaning['outage']])),
  );
  const known = new Set((now ?? []).map(canonicalJson));
  const [before, after] = [world.names.in(world.old.root).renamed(old?.[0]), now?.[0]];
  if (!isSame(before, after) && !known.has(canonicalJson(before)))
    tell('outage-changed', `hosts that are out of service together: ${beforeAfter(before, after)}`, 'outage');
}

/** Remarks about the whole run. Those that weigh are missed when they are gone. */
function compareNotes(world: World): void {
  const [old, now] = [declaredIn(world.old, 'notes'), declaredIn(world.now, 'notes')];
  const is = (note: unknown): string => canonicalJson(note);
  const kept = new Set(now.map(({ meaning }) => is(meaning)));
  const known = new Set(old.map(({ meaning }) => is(meaning)));
  const { root } = world.now;
  for (const { spot, written, meaning } of old) {
    if (kept.has(is(meaning))) continue;
    const { severity, text } = written as Note;
    const at = { document: root, container: root.value, ...(root.value?.notes === undefined ? {} : { key: 'notes' }) };
    world.recorder.add(severity === 'note' ? 'text-changed' : 'warning-removed', `the remark ${quoted(text)} is gone`, {
      old: spot,
      now: at,
      about: 'notes',
    });
  }
  for (const { spot, written, meaning } of now)
    if (!known.has(is(meaning)))
      world.recorder.add('text-changed', `the remark ${quoted((written as Note).text)} is new`, { now: spot, about: 'notes' });
}
