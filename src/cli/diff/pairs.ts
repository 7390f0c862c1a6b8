import { createChecker, isInventoryFile, parseUseReference, resolveFile } from '../../language/index.js';
import { CONFIGURATION_FILE, POLICY_FILE } from '../../review/index.js';
import type { DocumentDifference } from './report.js';
import type { Side } from './sides.js';

/** A document to compare, by its names on both sides. */
export interface DocumentPair {
  readonly kind: DocumentDifference['kind'];
  readonly old: string | undefined;
  readonly now: string | undefined;
  /** The file has another name than before. */
  readonly renamed?: true;
}

/**
 * Every document that differs, and every runbook that uses a file that does, sorted by name. A runbook that is gone, while another one with its id is
 * new, was renamed.
 */
export async function changedPairs(old: Side, now: Side): Promise<readonly DocumentPair[]> {
  const names = [...new Set([...old.files, ...now.files])];
  const changed = new Set(names.filter((file) => old.mark(file) !== now.mark(file)));
  const affected = new Set([...changed, ...(await usersOf(changed, old)), ...(await usersOf(changed, now))]);
  const gone = [...affected].filter((file) => now.mark(file) === undefined);
  const fresh = [...affected].filter((file) => old.mark(file) === undefined);
  const renamed = await renamedFiles(gone, fresh, old, now);
  const came = new Set(renamed.values());
  return [...affected]
    .filter((file) => !came.has(file))
    .flatMap((file): readonly DocumentPair[] => {
      const kind = kindOf(file);
      const after = renamed.get(file) ?? (now.mark(file) === undefined ? undefined : file);
      const before = old.mark(file) === undefined ? undefined : file;
      return kind === undefined ? [] : [{ kind, old: before, now: after, ...(renamed.has(file) ? { renamed: true } : {}) }];
    })
    .sort((a, b) => compare(a.now ?? a.old ?? '', b.now ?? b.old ?? ''));
}

function kindOf(file: string): DocumentPair['kind'] | undefined {
  if (file === CONFIGURATION_FILE || file.endsWith(`/${CONFIGURATION_FILE}`)) return 'configuration';
  if (file === POLICY_FILE) return 'policy';
  return isInventoryFile(file) ? 'inventory' : /\.runbook\.ya?ml$/.test(file) ? 'runbook' : undefined;
}

/** Runbooks of a side that use one of some files, over however many others. */
async function usersOf(changed: ReadonlySet<string>, side: Side): Promise<readonly string[]> {
  const users = new Map<string, string[]>();
  for (const file of side.files) {
    if (kindOf(file) !== 'runbook') continue;
    for (const used of usedIn((await side.text(file)) ?? '', file)) users.set(used, [...(users.get(used) ?? []), file]);
  }
  const found = new Set<string>();
  const queue = [...changed];
  for (let file = queue.pop(); file !== undefined; file = queue.pop())
    for (const user of users.get(file) ?? []) {
      if (found.has(user)) continue;
      found.add(user);
      queue.push(user);
    }
  return [...found];
}

/** Files that a text names, without reading it as YAML: too many do no harm. */
function usedIn(text: string, file: string): readonly string[] {
  return [...text.matchAll(/[^\s'"#,{}[\]]+\.runbook\.ya?ml/g)].flatMap(([name]) => {
    const named = parseUseReference(name)?.file;
    return named === undefined ? [] : [resolveFile(`/${file}`, named).slice(1)];
  });
}

/** Gone files by the new ones that took their place: with the same text, else runbooks with the same id, each the only one of its kind. */
async function renamedFiles(gone: readonly string[], fresh: readonly string[], old: Side, now: Side): Promise<ReadonlyMap<string, string>> {
  const keysOf = async (files: readonly string[], side: Side): Promise<ReadonlyMap<string, string>> =>
    new Map(await Promise.all(files.map(async (file) => [file, await identityOf(file, side)] as const)));
  const [before, after] = [await keysOf(gone, old), await keysOf(fresh, now)];
  const renamed = new Map<string, string>();
  for (const [file, key] of before) {
    const [candidate, ...more] = [...after].filter(([, other]) => other === key);
    const isOnly = [...before.values()].filter((other) => other === key).length === 1 && more.length === 0;
    if (candidate !== undefined && isOnly) renamed.set(file, candidate[0]);
  }
  return renamed;
}

const service = createChecker({ workspace: { readText: () => Promise.resolve(undefined) } });

async function identityOf(file: string, side: Side): Promise<string> {
  const text = (await side.text(file)) ?? '';
  const kind = kindOf(file) ?? '';
  const id =
    kind === 'runbook'
      ? service.parseRunbook(`/${file}`, text).value?.id
      : kind === 'inventory'
        ? service.parseInventory(`/${file}`, text).value?.environment
        : undefined;
  return JSON.stringify([kind, id ?? file]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
