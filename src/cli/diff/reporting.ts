import { violates } from '../../review/index.js';
import type { Change, ChangePlace } from '../../review/index.js';
import { Places } from '../lint/places.js';
import { productVersion } from '../version.js';
import { fileOf } from './examine.js';
import type { Examined } from './examine.js';
import type { ReadPolicy } from './policyFile.js';
import type { DiffReport, DocumentDifference, ReportedChange, ReportedPlace } from './report.js';
import { nameIn } from './sides.js';
import type { Side } from './sides.js';

/** What formats print: places in lines and columns, what the policy minds, and each change once, in the document that it is written in. */
export async function reportOf(
  examined: readonly Examined[],
  { old, now, policy }: { readonly old: Side; readonly now: Side; readonly policy: ReadPolicy },
): Promise<DiffReport> {
  const [before, after] = [await placesOf(examined, 'old', old), await placesOf(examined, 'new', now)];
  const atHome = new Set(
    examined.flatMap(({ pair, difference }) => difference.changes.filter((change) => homeOf(change) === fileOf(pair)).map(keyOf)),
  );
  const told = new Set<string>();
  const documents = examined.map(({ pair, title, difference, plans, environment }): DocumentDifference => {
    const file = fileOf(pair);
    const changes = difference.changes.filter((change) => {
      const key = keyOf(change);
      const isElsewhere = homeOf(change) !== file && (atHome.has(key) || told.has(key));
      told.add(key);
      return !isElsewhere;
    });
    return {
      kind: pair.kind,
      file,
      ...(pair.old === undefined || pair.old === file ? {} : { oldFile: pair.old }),
      title,
      state: pair.old === undefined ? 'added' : pair.now === undefined ? 'deleted' : 'changed',
      changes: changes.map((change) => reported(change, before, after, policy)),
      ...(plans === undefined ? {} : { plans }),
      ...(environment === undefined ? {} : { environment }),
      limits: difference.limits,
    };
  });
  const side = ({ name, commit }: Side): DiffReport['old'] => ({ name, ...(commit === undefined ? {} : { commit }) });
  return { old: side(old), now: side(now), documents: documents.filter(hasNews), policy: policy.source, version: productVersion() };
}

/** Something differs, or the plans do because of a file that this one uses. */
function hasNews({ changes, plans, environment, limits }: DocumentDifference): boolean {
  return changes.length + limits.length + (plans?.deltas.length ?? 0) + (environment?.deltas.length ?? 0) > 0;
}

function homeOf({ where }: Change): string {
  return nameIn((where.new ?? where.old)?.file ?? '');
}

/** A change of a file that several runbooks use shows in each of them. */
function keyOf({ kind, about, where }: Change): string {
  return JSON.stringify([kind, about, where]);
}

function reported(change: Change, before: Places, after: Places, { policy }: ReadPolicy): ReportedChange {
  const { where, ...rest } = change;
  const place = ({ file, range }: ChangePlace, places: Places): ReportedPlace => ({ file: nameIn(file), ...places.of(file, range) });
  return {
    ...rest,
    ...(where.old === undefined ? {} : { old: place(where.old, before) }),
    ...(where.new === undefined ? {} : { now: place(where.new, after) }),
    minded: violates(change, policy),
  };
}

async function placesOf(examined: readonly Examined[], which: 'old' | 'new', side: Side): Promise<Places> {
  const files = new Set(examined.flatMap(({ difference }) => difference.changes.flatMap(({ where }) => where[which]?.file ?? [])));
  const texts = new Map<string, string>();
  for (const file of files) texts.set(file, (await side.text(nameIn(file))) ?? '');
  return new Places(texts);
}
