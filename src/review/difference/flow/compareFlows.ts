import type { ChangeKind } from '../kinds.js';
import { meaningOfStep } from '../meaning.js';
import type { Spot } from '../recorder.js';
import { actionOf } from '../../../planner/index.js';
import { actionInWords } from '../steps/commands.js';
import { compareStep } from '../steps/compareStep.js';
import { compareInherited } from '../steps/inherited.js';
import type { World } from '../steps/partPair.js';
import { secretsIn } from '../steps/secrets.js';
import { listed, quoted, short } from '../words.js';
import { allEffects, nameOf, sortOf } from './act.js';
import type { Act, ActSection } from './act.js';
import type { Flow } from './flow.js';
import { compareGroups } from './groups.js';
import type { ActPair, Matched } from './match.js';
import { comparePointOfNoReturn } from './pointOfNoReturn.js';
import { displaced, displacedInWords, moverOf } from './sequence.js';

/** Tells of everything that two flows do otherwise: steps that are gone, new, changed, or come in another order. */
export function compareFlows(old: Flow, now: Flow, matched: Matched, world: World): void {
  const { pairs, removed, added } = matched;
  const compared = new Map<object, object>();
  for (const pair of pairs) {
    compareInherited(pair, world);
    compareSection(pair, world);
    // What is used in many places is compared in each by what it inherits there, and once by what it is.
    if (compared.get(pair.now.step) === pair.old.step) continue;
    compared.set(pair.now.step, pair.old.step);
    compareStep(pair, world);
  }
  compareGroups(pairs, world);
  tellRemovedOnes(removed, old, pairs, world);
  for (const act of added) tellAdded(act, world);
  tellDisplaced(pairs, old, world);
  comparePointOfNoReturn(old, now, pairs, world);
}

/** What is done one after the other. Procedures that nothing uses, and runbooks for other hops, stand beside it in no order. */
function sequencesOf(pairs: readonly ActPair[]): readonly (readonly ActPair[])[] {
  const sequenceOf = ({ section, path }: Act): string => {
    if (section === 'procedures') return `procedures/${path.split('/')[0] ?? ''}`;
    return section === 'instead' ? path.split('/').slice(0, 2).join('/') : '';
  };
  const found = new Map<string, ActPair[]>();
  for (const pair of pairs) {
    const name = sequenceOf(pair.now);
    if (name === sequenceOf(pair.old)) found.set(name, [...(found.get(name) ?? []), pair]);
  }
  return [...found.values()];
}

function tellDisplaced(pairs: readonly ActPair[], old: Flow, { recorder }: World): void {
  for (const one of sequencesOf(pairs).flatMap((together) => displaced(together, old.acts))) {
    if (!one.counts) continue;
    const [before, after] = [moverOf(one, 'old'), moverOf(one, 'now')];
    const along = after === one.pair.now ? [one.pair] : pairs.filter(({ now }) => now.groups.some(({ step }) => step === after.step));
    const effects = [...new Set(along.flatMap(({ now }) => allEffects(now.step)))];
    const [was, is] = [before, after].map(({ document, step }) => ({ document, container: step }));
    recorder.add('step-order-changed', displacedInWords(one, effects), { old: was, now: is, path: after.path, about: '' });
  }
}

function spotOf({ document, step }: Pick<Act, 'document' | 'step'>): Spot {
  return { document, container: step };
}

/** A prerequisite that is no longer one comes too late; so does a step that only the end of the run does. */
function compareSection({ old, now }: ActPair, { recorder }: World): void {
  if (old.section === now.section) return;
  const label = quoted(nameOf(now.step, now.path));
  const told = { old: spotOf(old), now: spotOf(now), path: now.path };
  const name: Readonly<Record<ActSection, string>> = {
    prerequisites: 'a prerequisite',
    steps: 'one of the steps',
    finally: 'done at the end, whatever happened',
    instead: 'part of a more specific runbook',
    procedures: 'part of a procedure that nothing uses',
  };
  const what = `${label} was ${name[old.section]} and is now ${name[now.section]}`;
  if (now.section === 'prerequisites') recorder.add('step-order-changed', what, { ...told, danger: 'notable' });
  else if (now.section === 'procedures') recorder.add(removedKind(old), what, told);
  else if (old.section === 'procedures') recorder.add('step-added', what, told);
  else recorder.add(old.section === 'prerequisites' ? 'prerequisite-removed' : 'step-order-changed', what, told);
}

function tellRemovedOnes(removed: readonly Act[], old: Flow, pairs: readonly ActPair[], world: World): void {
  const stillThere = new Set(pairs.map((pair) => pair.old.step));
  const beside = nearestKept(old, pairs);
  for (const act of removed) {
    // A step that is still written, and used elsewhere, is gone where it was used.
    const use = stillThere.has(act.step) ? act.groups.at(-1) : undefined;
    const near = beside.get(act);
    world.recorder.add(removedKind(act), removedInWords(act), {
      old: spotOf(use ?? act),
      now: near === undefined ? sectionSpot(act, world) : spotOf(near),
      path: act.path,
      about: '',
      ...(act.section === 'procedures' ? { danger: 'harmless' as const } : {}),
    });
  }
}

function removedInWords(act: Act): string {
  const effects = allEffects(act.step);
  const does = effects.length === 0 ? actionInWords(meaningOfStep(act.step), actionOf(act.step)) : listed(effects);
  const whom = act.roles === undefined ? '' : ` on ${short(act.roles.value)}`;
  const person = act.step.approver === undefined ? '' : '; another person had to answer it';
  return `${quoted(nameOf(act.step, act.path))} is gone${whom} (${does})${person}`;
}

function removedKind({ step, section }: Act): ChangeKind {
  const sort = sortOf(step);
  if (sort === 'gate' && allEffects(step).length === 0) return 'gate-removed';
  if (sort === 'check') return 'check-removed';
  if (section === 'prerequisites') return 'prerequisite-removed';
  return sort === 'gate' ? 'gate-removed' : 'step-removed';
}

/** For each step, where it would stand now: at the step of its file that came before it, else at the first one that comes after it. */
function nearestKept({ acts }: Flow, pairs: readonly ActPair[]): ReadonlyMap<Act, Act> {
  const kept = new Map(pairs.map(({ old, now }) => [old, now]));
  const found = new Map<Act, Act>();
  const last = new Map<string, Act>();
  const waiting = new Map<string, Act[]>();
  for (const act of acts) {
    const list = `${act.section} ${act.document.file}`;
    const now = kept.get(act);
    const before = last.get(list);
    if (now !== undefined) {
      for (const earlier of waiting.get(list) ?? []) found.set(earlier, now);
      waiting.delete(list);
      last.set(list, now);
    } else if (before !== undefined) found.set(act, before);
    else {
      const others = waiting.get(list);
      if (others === undefined) waiting.set(list, [act]);
      else others.push(act);
    }
  }
  return found;
}

/** Where nothing is left beside it: the beginning of its section. */
function sectionSpot({ section }: Act, { now: { root } }: World): Spot {
  const key = section === 'instead' || section === 'procedures' ? 'steps' : section;
  return { document: root, container: root.value?.[key]?.[0] ?? root.value };
}

function tellAdded(act: Act, world: World): void {
  const { step, path } = act;
  const label = quoted(nameOf(step, path));
  const told = { now: spotOf(act), path, about: '' };
  const sort = sortOf(step);
  const effects = allEffects(step);
  const whom = act.roles === undefined ? '' : ` on ${short(act.roles.value)}`;
  const does = effects.length === 0 ? actionInWords(meaningOfStep(step), actionOf(step)) : listed(effects);
  if (sort !== 'act' && effects.length === 0) world.recorder.add('safeguard-added', `${label} is new${whom} (${does})`, told);
  else {
    // What a step says that it does to its hosts is judged; a script that says nothing is for a reader to judge.
    const danger = effects.length > 0 ? { danger: 'dangerous' as const } : {};
    world.recorder.add('step-added', `${label} is new${whom} (${does})`, { ...told, ...danger });
  }
  if (step.irreversible !== undefined)
    world.recorder.add('irreversible-added', `${label} is new and cannot be taken back: ${short(step.irreversible)}`, told);
  if (step.become !== undefined && step.become !== false)
    world.recorder.add('become-added', `${label} is new and runs with the rights of another user`, told);
  for (const secret of secretsIn(step))
    world.recorder.add('secret-reachable', `${label} is new and sees the secret ${quoted(secret)}`, {
      ...told,
      about: `secrets.${secret}`,
    });
}
