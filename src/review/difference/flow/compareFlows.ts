import type { ChangeKind } from '../kinds.js';
import { meaningOfStep } from '../meaning.js';
import type { Spot } from '../recorder.js';
import { actionOf } from '../../../planner/index.js';
import { actionInWords } from '../steps/commands.js';
import { compareStep } from '../steps/compareStep.js';
import type { World } from '../steps/partPair.js';
import { secretsIn } from '../steps/secrets.js';
import { listed, quoted, short } from '../words.js';
import { allEffects, nameOf, sortOf } from './act.js';
import type { Act, ActSection } from './act.js';
import type { Flow } from './flow.js';
import { compareGroups } from './groups.js';
import type { ActPair, Matched } from './match.js';
import { displaced, displacedInWords, moverOf } from './sequence.js';

/** Tells of everything that two flows do otherwise: steps that are gone, new, changed, or come in another order. */
export function compareFlows(old: Flow, matched: Matched, world: World): void {
  const { pairs, removed, added } = matched;
  for (const pair of pairs) {
    compareStep(pair, world);
    compareSection(pair, world);
  }
  compareGroups(pairs, world);
  for (const act of removed) tellRemoved(act, old, matched, world);
  for (const act of added) tellAdded(act, world);
  tellDisplaced(pairs, old, world);
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
    const along = pairs.filter(({ now }) => now === after || now.groups.some(({ step }) => step === after.step));
    const effects = [...new Set(along.flatMap(({ now }) => allEffects(now.step)))];
    const [was, is] = [before, after].map(({ document, step }) => ({ document, container: step }));
    recorder.add('step-order-changed', displacedInWords(one, effects), { old: was, now: is, path: after.path, about: '' });
  }
}

function spotOf({ document, step }: Act): Spot {
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

function tellRemoved(act: Act, flow: Flow, { pairs }: Matched, world: World): void {
  const label = quoted(nameOf(act.step, act.path));
  const isOnlyUnused = act.section === 'procedures';
  const kind = removedKind(act);
  const effects = allEffects(act.step);
  const does = effects.length === 0 ? actionInWords(meaningOfStep(act.step), actionOf(act.step)) : listed(effects);
  const whom = act.roles === undefined ? '' : ` on ${short(act.roles.value)}`;
  const person = act.step.approver === undefined ? '' : '; another person had to answer it';
  world.recorder.add(kind, `${label} is gone${whom} (${does})${person}`, {
    old: spotOf(goneAt(act, pairs)),
    now: spotBefore(act, flow, pairs, world),
    path: act.path,
    about: '',
    ...(isOnlyUnused ? { danger: 'harmless' as const } : {}),
  });
}

function removedKind({ step, section }: Act): ChangeKind {
  const sort = sortOf(step);
  if (sort === 'gate' && allEffects(step).length === 0) return 'gate-removed';
  if (sort === 'check') return 'check-removed';
  if (section === 'prerequisites') return 'prerequisite-removed';
  return sort === 'gate' ? 'gate-removed' : 'step-removed';
}

/** A step that is still written, and used elsewhere, is gone where it was used. */
function goneAt(act: Act, pairs: readonly ActPair[]): Act {
  const isStillThere = pairs.some(({ old }) => old.step === act.step);
  const use = isStillThere ? act.groups.at(-1) : undefined;
  return use === undefined ? act : { ...act, step: use.step, document: use.document };
}

/** Where a step that is gone would stand now: at the step of its file that came before it, else at the one that comes after it. */
function spotBefore(act: Act, flow: Flow, pairs: readonly ActPair[], world: World): Spot {
  const kept = new Map(pairs.map(({ old, now }) => [old, now]));
  const at = flow.acts.indexOf(act);
  const beside = flow.acts.filter(({ section, document }) => section === act.section && document === act.document);
  const earlier = beside.filter((other) => flow.acts.indexOf(other) < at).reverse();
  const near = [...earlier, ...beside].map((other) => kept.get(other)).find((now) => now !== undefined);
  if (near !== undefined) return spotOf(near);
  const { root } = world.now;
  const key = act.section === 'instead' || act.section === 'procedures' ? 'steps' : act.section;
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
    const danger = actionOf(step) === 'download' && effects.length === 0 ? { danger: 'notable' as const } : {};
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
