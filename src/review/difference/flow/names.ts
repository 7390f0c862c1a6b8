import type { ParsedRunbook } from '../../../language/index.js';
import { relativeFile } from '../../../planner/index.js';
import type { ProjectNames } from '../names.js';
import type { World } from '../steps/partPair.js';
import { isSame } from '../meaning.js';
import type { ActPair } from './match.js';
import { nameOf } from './act.js';
import type { Act } from './act.js';
import { cut, listed, quoted } from '../words.js';

/** Steps that are named in the one sentence about what has moved. */
const MOST_NAMED = 5;

/** Takes up the steps and groups that have another id, so that what refers to them is no change. */
export function withStepNames(pairs: readonly ActPair[], names: ProjectNames): void {
  const still = new Set(pairs.flatMap(({ now }) => [now.step.id, ...now.groups.map(({ step }) => step.id)]));
  for (const { document, old, now } of renamedIds(pairs)) if (!still.has(old)) names.in(document).set('steps', old, now);
}

/** Tells of each step that only has another id. */
export function tellRenamed(pairs: readonly ActPair[], { recorder }: World): void {
  for (const { old, now } of pairs) {
    if (old.step.id === now.step.id || old.step.id === undefined || now.step.id === undefined) continue;
    recorder.add('renamed', `${quoted(nameOf(now.step, now.path))} has another id: ${old.step.id} → ${now.step.id}`, {
      old: { document: old.document, container: old.step, key: 'id' },
      now: { document: now.document, container: now.step, key: 'id' },
      path: now.path,
    });
  }
}

/** Tells in one sentence of all steps that are written elsewhere, and in the same order of the run. */
export function tellMoved(pairs: readonly ActPair[], { now, recorder, names, old }: World): void {
  const moved = pairs.filter(
    (pair) => fileOf(pair.old, old.root.file) !== fileOf(pair.now, now.root.file) || !isSame(places(pair.old, names), places(pair.now)),
  );
  const [first] = moved;
  if (first === undefined) return;
  const titles = [...new Set(moved.map((pair) => quoted(cut(nameOf(pair.now.step, pair.now.path), 40))))];
  const named = titles.length > MOST_NAMED ? [...titles.slice(0, MOST_NAMED), `${String(titles.length - MOST_NAMED)} more`] : titles;
  recorder.add('moved', `${String(titles.length)} ${titles.length === 1 ? 'step stands' : 'steps stand'} elsewhere: ${listed(named)}`, {
    old: { document: first.old.document, container: first.old.step },
    now: { document: first.now.document, container: first.now.step },
  });
}

function renamedIds(
  pairs: readonly ActPair[],
): readonly { readonly document: ParsedRunbook; readonly old: string; readonly now: string }[] {
  return pairs.flatMap((pair) => {
    const groups =
      pair.old.groups.length === pair.now.groups.length
        ? pair.old.groups.map((group, index) => [group, pair.now.groups[index]] as const)
        : [];
    return [[pair.old, pair.now] as const, ...groups].flatMap(([before, after]) => {
      const [old, now] = [before.step.id, after?.step.id];
      return old === undefined || now === undefined || old === now ? [] : [{ document: before.document, old, now }];
    });
  });
}

/** The groups it stands in, with the new names. */
function places({ groups }: Act, names?: ProjectNames): readonly string[] {
  return groups.map(({ step, document, path }) => {
    const id = step.id ?? path.split('/').at(-1) ?? '';
    return names === undefined ? id : names.in(document).of('steps', id);
  });
}

function fileOf({ document }: Act, root: string): string {
  return document.file === root ? '' : relativeFile(root, document.file);
}
